package io.stowage.system.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Classes as they are written, parsed and not compiled, and which of them extends which. */
final class SourceClasses {

  private final Map<String, SourceClass> classes = new LinkedHashMap<>();

  private SourceClasses() {}

  /** Those of all files below some directories, and of some snippets. */
  static SourceClasses of(List<Path> directories, Snippet... snippets) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    SourceClasses parsed = new SourceClasses();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(problems, Locale.ROOT, null)) {
      List<JavaFileObject> sources = new ArrayList<>();
      files
          .getJavaFileObjectsFromPaths(directories.stream().flatMap(SourceClasses::below).toList())
          .forEach(sources::add);
      Stream.of(snippets).map(Compilation.Source::new).forEach(sources::add);
      JavacTask task =
          (JavacTask) compiler.getTask(null, files, problems, List.of("-proc:none"), null, sources);
      for (CompilationUnitTree unit : task.parse()) {
        unit.getTypeDecls().forEach(declaration -> parsed.add(unit, declaration, null));
      }
    }
    if (!problems.getDiagnostics().isEmpty()) {
      throw new AssertionError("sources cannot be parsed: " + problems.getDiagnostics());
    }
    return parsed;
  }

  private static Stream<Path> below(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(CompilationUnitTree unit, Tree declaration, @Nullable SourceClass enclosing) {
    if (declaration instanceof ClassTree tree) {
      String scope = enclosing == null ? "" + unit.getPackageName() : enclosing.name();
      String name = scope + "." + tree.getSimpleName();
      SourceClass added = new SourceClass(name, unit, tree, enclosing);
      classes.put(name, added);
      tree.getMembers().forEach(member -> add(unit, member, added));
    }
  }

  Collection<SourceClass> all() {
    return classes.values();
  }

  /** The class and its superclasses, as far as their sources are here, the class first. */
  List<SourceClass> lineage(SourceClass type) {
    List<SourceClass> lineage = new ArrayList<>();
    for (SourceClass next = type; next != null; next = superclass(next)) {
      lineage.add(next);
    }
    return lineage;
  }

  private @Nullable SourceClass superclass(SourceClass type) {
    String extended = type.extended();
    return extended == null ? null : resolve(extended, type);
  }

  /** What a name means where a class is declared. */
  private @Nullable SourceClass resolve(String name, SourceClass from) {
    List<String> candidates = new ArrayList<>();
    for (SourceClass scope = from.enclosing(); scope != null; scope = scope.enclosing()) {
      for (SourceClass declaring : lineage(scope)) {
        candidates.add(declaring.name() + "." + name);
      }
    }
    String first = name.replaceAll("\\..*", "");
    List<? extends ImportTree> imports = from.unit().getImports();
    for (ImportTree imported : imports) {
      String path = imported.getQualifiedIdentifier().toString();
      if (path.endsWith("." + first)) {
        candidates.add(path + name.substring(first.length()));
      }
    }
    candidates.add(from.packageName() + "." + name);
    for (ImportTree imported : imports) {
      String path = imported.getQualifiedIdentifier().toString();
      if (path.endsWith(".*")) {
        candidates.add(path.substring(0, path.length() - 1) + name);
      }
    }
    candidates.add(name);
    return candidates.stream()
        .map(classes::get)
        .filter(found -> found != null)
        .findFirst()
        .orElse(null);
  }
}
