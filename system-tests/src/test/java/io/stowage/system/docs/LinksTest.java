package io.stowage.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every link from one page of the project to another leads somewhere. */
class LinksTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String directory : List.of("", "docs", "docs/adr", "testkit")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<Path> pages = pages();
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages) {
      for (MatchResult link : LINK.matcher(withoutCode(page)).results().toList()) {
        links++;
        if (!leadsSomewhere(page, link.group(1), link.group(2))) {
          broken.add(page + ": " + link.group());
        }
      }
    }

    assertThat(broken).isEmpty();
    assertThat(links).as("links found").isGreaterThan(20);
  }

  private static boolean leadsSomewhere(Path page, String file, @Nullable String anchor)
      throws IOException {
    if (file.matches("https?://.*")) {
      return true; // What others publish is theirs to keep.
    }
    Path target =
        file.isEmpty() ? page : page.toAbsolutePath().getParent().resolve(file).normalize();
    return Files.exists(target) && (anchor == null || anchors(target).contains(anchor));
  }

  private static List<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(withoutCode(page))
        .results()
        .map(heading -> anchor(heading.group(1)))
        .toList();
  }

  /** A heading's anchor: lower case, without punctuation, and a hyphen for each space. */
  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static String withoutCode(Path page) throws IOException {
    return CODE.matcher(Files.readString(page)).replaceAll("");
  }
}
