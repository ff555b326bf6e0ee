package io.stowage.benchmarks.paired;

import io.stowage.api.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way of doing the work: by the library, or by hand. Used by many threads. */
interface Side extends AutoCloseable {

  /** What it is called in messages. */
  String name();

  /** Stores a document, whether or not its id is stored already. */
  void save(Document document);

  /** The document with this id; null if there is none. */
  @Nullable Document load(String id);

  /** The documents of a session, oldest first, so many at most. */
  List<Document> list(String session, int limit);

  @Override
  void close();
}
