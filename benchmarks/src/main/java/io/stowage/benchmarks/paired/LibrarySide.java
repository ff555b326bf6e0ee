package io.stowage.benchmarks.paired;

import static io.stowage.api.Query.where;

import io.stowage.api.Document;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The work done by the library, with its default settings but for the TTL and no sweeper. */
final class LibrarySide implements Side {

  private final StoragePlatform platform;
  private final Storage<Document> storage;

  private LibrarySide(StoragePlatform platform) {
    this.platform = platform;
    this.storage =
        platform.documents(
            Layout.STORE,
            StoreOptions.builder().ttl(Ttl.absolute(Layout.TTL)).sweepEvery(Duration.ZERO).build());
  }

  static LibrarySide open(String uri, String adapter) {
    return new LibrarySide(StoragePlatform.builder().uri(uri).adapter(adapter).open());
  }

  @Override
  public String name() {
    return "the library with " + platform.adapter();
  }

  @Override
  public void save(Document document) {
    if (!storage.save(document).isStored()) {
      throw new IllegalStateException("a document was not stored: " + document);
    }
  }

  @Override
  public @Nullable Document load(String id) {
    return storage.load(id).orElse(null);
  }

  @Override
  public List<Document> list(String session, int limit) {
    return storage.list(where(Layout.SESSION).is(session).limit(limit));
  }

  @Override
  public void close() {
    platform.close();
  }
}
