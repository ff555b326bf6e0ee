package io.stowage.benchmarks.paired;

/** A side and its database. */
record Corner(Side side, Database database) implements AutoCloseable {

  /** Stores all documents where nothing else is. */
  void fill(Documents documents) {
    database.clear();
    saveAll(documents);
    database.noteIndexKeys();
  }

  void saveAll(Documents documents) {
    for (int i = 0; i < documents.count(); i++) {
      side.save(documents.get(i));
    }
  }

  /** Returns once the entries of replaced documents are gone. */
  void awaitRetired(Documents documents) {
    database.awaitEntries((long) documents.count() * Layout.INDEXES.size());
  }

  @Override
  public void close() {
    try (database) {
      side.close();
    }
  }
}
