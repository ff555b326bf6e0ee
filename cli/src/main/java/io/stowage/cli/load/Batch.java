package io.stowage.cli.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Documents that are saved together: many small ones, or a few large ones. Filled by one thread,
 * and then handed on.
 */
final class Batch {

  private static final int MAX_DOCUMENTS = 500;

  /** So many bytes of lines; as documents they take several times as much memory. */
  static final int MAX_BYTES = 4 << 20;

  private final List<NumberedDocument> documents = new ArrayList<>();
  private long bytes;

  /**
   * Adds a document.
   *
   * @param size how many bytes its line has
   */
  void add(NumberedDocument document, int size) {
    documents.add(document);
    bytes += size;
  }

  /** Whether no more is to be added; a document may be larger than what a batch should have. */
  boolean isFull() {
    return documents.size() >= MAX_DOCUMENTS || bytes >= MAX_BYTES;
  }

  boolean isEmpty() {
    return documents.isEmpty();
  }

  /** How many bytes the lines of its documents have. */
  long bytes() {
    return bytes;
  }

  List<NumberedDocument> documents() {
    return documents;
  }
}
