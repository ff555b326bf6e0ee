package io.stowage.system.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * A class as it is written.
 *
 * @param name its full name, with dots before nested classes too
 * @param unit the file that it is in
 * @param tree its declaration
 * @param enclosing the class that it is nested in
 */
record SourceClass(
    String name, CompilationUnitTree unit, ClassTree tree, @Nullable SourceClass enclosing) {

  String simpleName() {
    return tree.getSimpleName().toString();
  }

  String packageName() {
    ExpressionTree named = unit.getPackageName();
    return named == null ? "" : named.toString();
  }

  boolean isAbstract() {
    return tree.getKind() != Tree.Kind.CLASS
        || tree.getModifiers().getFlags().contains(Modifier.ABSTRACT);
  }

  /** The simple names of its annotations. */
  List<String> annotations() {
    return tree.getModifiers().getAnnotations().stream().map(SourceClass::annotationName).toList();
  }

  /** The values of its annotations of a name. */
  List<String> values(String annotation) {
    return tree.getModifiers().getAnnotations().stream()
        .filter(it -> annotationName(it).equals(annotation))
        .map(SourceClass::value)
        .toList();
  }

  private static String annotationName(AnnotationTree annotation) {
    String name = annotation.getAnnotationType().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String value(AnnotationTree annotation) {
    ExpressionTree argument = annotation.getArguments().get(0);
    ExpressionTree value =
        argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument;
    return value instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : "" + value;
  }

  /** What is written after {@code extends}, without type arguments. */
  @Nullable String extended() {
    Tree clause = tree.getExtendsClause();
    return clause == null ? null : clause.toString().replaceAll("<.*", "");
  }

  /** Its methods of a name; constructors are named {@code <init>}. */
  List<MethodTree> methods(String method) {
    return tree.getMembers().stream()
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .filter(it -> it.getName().contentEquals(method))
        .toList();
  }
}
