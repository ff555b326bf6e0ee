package io.stowage.benchmarks.paired;

import io.stowage.api.Document;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds out whether both sides do the same, so that comparing their times makes sense. */
final class DataCheck {

  private static final int SHOWN = 300;

  private final Documents documents;

  DataCheck(Documents documents) {
    this.documents = documents;
  }

  /**
   * Has both sides store, replace, load and list all documents, and compares what they leave behind
   * and answer.
   *
   * @throws IllegalStateException if they differ
   */
  void check(Corner library, Corner byHand) {
    library.database().forgetScripts();
    library.fill(documents);
    checkScript(library);
    byHand.fill(documents);
    checkStored(library, byHand);
    library.saveAll(documents);
    byHand.saveAll(documents);
    library.awaitRetired(documents);
    byHand.awaitRetired(documents);
    checkStored(library, byHand);
    checkAnswers(library.side(), byHand.side());
  }

  /**
   * Compares what is stored.
   *
   * @throws IllegalStateException if keys or bytes differ in more than versions
   */
  void checkStored(Corner library, Corner byHand) {
    Map<String, String> expected = library.database().contents();
    Map<String, String> found = byHand.database().contents();
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(found.keySet());
    for (String key : keys) {
      requireEqual("stored at " + key, expected.get(key), found.get(key), byHand.side());
    }
  }

  private void checkAnswers(Side library, Side byHand) {
    for (int i = 0; i < documents.count(); i++) {
      String id = documents.ids().get(i);
      Document loaded = library.load(id);
      requireEqual("loaded as " + id, documents.get(i), loaded, library);
      requireEqual("loaded as " + id, loaded, byHand.load(id), byHand);
    }
    for (String session : documents.sessions()) {
      List<Document> listed = library.list(session, Documents.IN_SESSION);
      requireEqual("the size of " + session, Documents.IN_SESSION, listed.size(), library);
      requireEqual(
          "listed of " + session, listed, byHand.list(session, Documents.IN_SESSION), byHand);
    }
  }

  private static void requireEqual(
      String what, @Nullable Object expected, @Nullable Object found, Side side) {
    if (!Objects.equals(expected, found)) {
      throw new IllegalStateException(
          "the sides do not do the same: %s by %s is %s; expected is %s"
              .formatted(what, side.name(), shown(found), shown(expected)));
    }
  }

  private static String shown(@Nullable Object value) {
    String text = value == null ? "nothing" : value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private void checkScript(Corner library) {
    try {
      byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(CommitScript.source());
      if (!library.database().knows(Layout.utf8(HexFormat.of().formatHex(sha1)))) {
        throw new IllegalStateException(
            "commit.lua is not the script by which the library commits; copy the one that it"
                + " sends, so that the server does the same for both sides");
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
