package io.stowage.system.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles snippets in this process, with this process's class path. */
final class Compilation {

  private Compilation() {}

  /**
   * Compiles into a directory.
   *
   * @throws AssertionError with the compiler's messages if it warns or fails
   */
  static void compile(Path target, Snippet... snippets) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            target.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-proc:none",
            "--release",
            "17",
            "-Xlint:all,-processing,-path,-classfile",
            "-Werror");
    List<JavaFileObject> sources =
        java.util.Arrays.stream(snippets).<JavaFileObject>map(Source::new).toList();
    try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      boolean compiled = compiler.getTask(messages, files, null, options, null, sources).call();
      if (!compiled) {
        throw new AssertionError("a snippet does not compile:\n" + messages);
      }
    }
  }

  /** A snippet as a file for the compiler. */
  static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(Snippet snippet) {
      super(URI.create("string:///" + snippet.name() + ".java"), Kind.SOURCE);
      this.text = snippet.source();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
