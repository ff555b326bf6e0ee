package io.stowage.system.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java class that a page shows.
 *
 * @param name the class's name
 * @param source the whole source file
 */
record Snippet(String name, String source) {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?class (\\w+)");

  /** All those of a page, in their order. */
  static List<Snippet> in(Path page) throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .map(block -> new Snippet(nameIn(block.group(1)), block.group(1)))
        .toList();
  }

  private static String nameIn(String source) {
    Matcher declaration = CLASS.matcher(source);
    if (!declaration.find()) {
      throw new IllegalStateException("no class in this snippet:\n" + source);
    }
    return declaration.group(1);
  }

  /**
   * This snippet with something for people replaced by what is here.
   *
   * @throws IllegalStateException if it does not show that
   */
  Snippet replacing(String shown, String here) {
    if (!source.contains(shown)) {
      throw new IllegalStateException(name + " does not show " + shown);
    }
    return new Snippet(name, source.replace(shown, here));
  }
}
