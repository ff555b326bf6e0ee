package io.stowage.system.docs;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Follows the arguments of constructors from a class to one of its superclasses. A value is told as
 * text: a literal as itself, a constant by its name, a call as {@code name(arguments)}; a method of
 * the class or of one around it that only returns an expression is that expression.
 */
final class ConstructorArguments {

  private ConstructorArguments() {}

  /**
   * The values of the last class's parameters when the first is constructed.
   *
   * @param lineage a class, its superclass, and so on
   * @throws IllegalArgumentException if they cannot be told
   */
  static Map<String, String> reach(List<SourceClass> lineage) {
    List<String> passed = List.of();
    Map<String, String> values = Map.of();
    for (SourceClass type : lineage) {
      List<MethodTree> constructors = type.methods("<init>");
      if (constructors.size() > 1) {
        throw new IllegalArgumentException(type.name() + " has several constructors");
      }
      values = Map.of();
      List<? extends ExpressionTree> further = List.of();
      if (!constructors.isEmpty()) {
        values = bound(constructors.get(0), passed);
        further = toSuper(constructors.get(0));
      }
      Map<String, String> known = values;
      passed = further.stream().map(argument -> value(argument, known, type)).toList();
    }
    return values;
  }

  private static List<? extends ExpressionTree> toSuper(MethodTree constructor) {
    for (StatementTree statement : constructor.getBody().getStatements()) {
      if (statement instanceof ExpressionStatementTree call
          && call.getExpression() instanceof MethodInvocationTree invocation
          && invocation.getMethodSelect().toString().equals("super")) {
        return invocation.getArguments();
      }
    }
    return List.of();
  }

  private static Map<String, String> bound(MethodTree method, List<String> arguments) {
    if (method.getParameters().size() != arguments.size()) {
      throw new IllegalArgumentException(
          method.getName() + method.getParameters().toString() + " is called with " + arguments);
    }
    Map<String, String> bound = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      bound.put(method.getParameters().get(i).getName().toString(), arguments.get(i));
    }
    return bound;
  }

  /** An expression as text. */
  static String value(ExpressionTree tree, Map<String, String> known, SourceClass where) {
    if (tree instanceof LiteralTree literal) {
      return String.valueOf(literal.getValue());
    }
    if (tree instanceof IdentifierTree name) {
      return known.getOrDefault(name.getName().toString(), name.getName().toString());
    }
    if (tree instanceof MemberSelectTree select) {
      return select.getIdentifier().toString();
    }
    if (tree instanceof NewClassTree created) {
      return "new " + created.getIdentifier() + values(created.getArguments(), known, where);
    }
    if (tree instanceof MethodInvocationTree call) {
      String name = call.getMethodSelect().toString();
      List<String> arguments =
          call.getArguments().stream().map(argument -> value(argument, known, where)).toList();
      for (SourceClass scope = where; scope != null; scope = scope.enclosing()) {
        for (MethodTree method : scope.methods(name)) {
          if (method.getParameters().size() == arguments.size()
              && method.getBody() != null
              && method.getBody().getStatements().size() == 1
              && method.getBody().getStatements().get(0) instanceof ReturnTree returned) {
            return value(returned.getExpression(), bound(method, arguments), scope);
          }
        }
      }
      return name + values(call.getArguments(), known, where);
    }
    return tree.toString();
  }

  private static String values(
      List<? extends ExpressionTree> trees, Map<String, String> known, SourceClass where) {
    return trees.stream()
        .map(tree -> value(tree, known, where))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
