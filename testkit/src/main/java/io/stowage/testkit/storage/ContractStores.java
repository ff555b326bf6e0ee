package io.stowage.testkit.storage;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Opens stores under names that no other test uses, on one platform that is opened with the first
 * of them. Safe for use by many threads.
 */
final class ContractStores implements AutoCloseable {

  private final Supplier<StoragePlatform> factory;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final AtomicInteger names = new AtomicInteger();
  private final ReentrantLock opening = new ReentrantLock();
  private @Nullable StoragePlatform platform;
  private @Nullable RuntimeException failure;

  ContractStores(Supplier<StoragePlatform> factory) {
    this.factory = factory;
  }

  /**
   * The platform that all tests share.
   *
   * @throws IllegalStateException if it could not be opened, by the first that asked or now
   */
  StoragePlatform platform() {
    opening.lock();
    try {
      if (failure != null) {
        throw new IllegalStateException("the platform could not be opened", failure);
      }
      if (platform == null) {
        platform = factory.get();
      }
      return platform;
    } catch (RuntimeException e) {
      failure = failure == null ? e : failure;
      throw e;
    } finally {
      opening.unlock();
    }
  }

  /** A platform of its own, for a test that closes it. */
  StoragePlatform newPlatform() {
    return factory.get();
  }

  /** A store name that was never used before. */
  String freshName() {
    return "t" + run + "-" + names.incrementAndGet();
  }

  /** A store of documents without any index. */
  Storage<Document> plain() {
    return documents(type -> type);
  }

  /** A store of documents with exact indexes. */
  Storage<Document> indexed(String... fields) {
    return documents(type -> type.index(fields));
  }

  /** A store of documents, described by its builder. */
  Storage<Document> documents(UnaryOperator<ItemType.DocumentBuilder> description) {
    return documents(StoreOptions.defaults(), description);
  }

  /** A store of documents with options, described by its builder. */
  Storage<Document> documents(
      StoreOptions options, UnaryOperator<ItemType.DocumentBuilder> description) {
    ItemType<Document> type = description.apply(ItemType.documents(freshName())).build();
    return platform().store(type, options);
  }

  /** A store of documents with a TTL and an exact index on {@code session}. */
  Storage<Document> expiring(Ttl ttl) {
    return documents(StoreOptions.builder().ttl(ttl).build(), type -> type.index("session"));
  }

  /** A store of typed items. */
  Storage<Note> notes() {
    return platform().store(Note.type(freshName()));
  }

  /** A store of mutable items. */
  Storage<Basket> baskets() {
    return platform().store(Basket.type(freshName()));
  }

  /**
   * Closes the shared platform.
   *
   * @throws StorageException if the platform says so
   */
  @Override
  public void close() {
    opening.lock();
    try {
      if (platform != null) {
        platform.close();
      }
    } finally {
      opening.unlock();
    }
  }
}
