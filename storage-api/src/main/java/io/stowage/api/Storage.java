package io.stowage.api;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A store of items of one type.
 *
 * <p>Each write of one item is atomic: a reader sees the item before or after it, never between,
 * and a query never misses an item that is stored nor answers with one that is not. The last writer
 * wins, unless a write is conditional. Items given and answered are never shared with the store:
 * changing one changes nothing that is stored.
 *
 * <p>An id is 1 to 4,096 bytes of UTF-8 without unpaired surrogates. Costs are round trips to one
 * Redis node while the number of items is at most the batch size ({@link
 * StoreOptions#batchSize()}); beyond it each full batch costs as much again. A sliding TTL adds one
 * to each read.
 *
 * <p>Safe for use by many threads. Methods throw {@link StorageException} if the backend fails,
 * {@link IllegalArgumentException} for an argument that no store would accept, before anything is
 * written, and {@link IllegalStateException} once the platform is closed.
 *
 * @param <T> the type of the items
 */
public interface Storage<T> {

  /** The store's name. */
  String name();

  /**
   * Stores the item, whether or not its id is stored already. Its TTL begins anew, whatever it was
   * before, as in {@link #insert} and {@link #replace}: it ends at the item's own expiry, or when
   * the store's {@link Ttl} says. One round trip.
   *
   * @return {@code STORED}, or {@code ALREADY_EXPIRED} if the item's own expiry is past
   */
  WriteResult save(T item);

  /**
   * Stores several items; each is atomic by itself. Of two with the same id the later one stays. If
   * the backend fails, those before the failure may be stored; to save all again is harmless.
   *
   * @return one result for each item, in their order
   */
  List<WriteResult> saveAll(Collection<? extends T> items);

  /**
   * Stores the item if its id is not stored. One round trip.
   *
   * @return {@code STORED}, {@code ALREADY_EXISTS} or {@code ALREADY_EXPIRED}
   */
  WriteResult insert(T item);

  /**
   * Stores the item if its id is stored at exactly the expected version. One round trip.
   *
   * @return {@code STORED}, {@code VERSION_CONFLICT}, {@code ABSENT} or {@code ALREADY_EXPIRED}
   */
  WriteResult replace(T item, Version expected);

  /**
   * Reads an item, changes it, and stores the change if the item is still at the version read; if
   * it is not, all over again. The function may be called several times and must not change the id.
   * Two round trips an attempt.
   *
   * <p>The item keeps the TTL that it has, as {@link TtlOnUpdate#KEEP} tells, unless the change
   * sets or removes its own expiry, which then counts as in a {@link #save}.
   *
   * @return {@code STORED}, {@code ABSENT} or {@code ALREADY_EXPIRED}
   * @throws StorageException with {@link Outcome#NOT_APPLIED}, transient, if every attempt ({@link
   *     StoreOptions#updateAttempts()}) met a change by somebody else
   */
  WriteResult update(String id, UnaryOperator<T> change);

  /** As {@link #update(String, UnaryOperator)}, saying what becomes of the item's TTL. */
  WriteResult update(String id, TtlOnUpdate ttl, UnaryOperator<T> change);

  /** The item with this id, if it is stored. One round trip. */
  Optional<T> load(String id);

  /** The item with this id and its version, if it is stored. One round trip. */
  Optional<Versioned<T>> loadVersioned(String id);

  /** The items that are stored of those with these ids, in the order of the ids. One round trip. */
  Map<String, T> loadAll(Collection<String> ids);

  /** Whether an item with this id is stored. Does not count as a read for a sliding TTL. */
  boolean exists(String id);

  /** Removes the item with this id. One round trip. Answers whether it was stored. */
  boolean delete(String id);

  /** Removes the items with these ids. One round trip. Answers how many were stored. */
  long deleteAll(Collection<String> ids);

  /**
   * Removes the items that match, each only if it still is as it was when it matched. Answers how
   * many were removed. The query's order says which, if it has a limit.
   *
   * @throws StorageException that tells how many were removed before ({@link
   *     StorageException#applied()}), also where an item that cannot be decoded or a function of
   *     the application stops it half-way
   */
  long deleteWhere(Query query);

  /**
   * As {@link #deleteWhere(Query)}, but items that cannot be decoded are passed over and reported:
   * they stay, since whether they match is not known.
   *
   * @param onCorrupted is told of each of them, on the calling thread
   */
  long deleteWhere(Query query, Consumer<? super ItemCorruptedException> onCorrupted);

  /**
   * The items that match. With an index two round trips; a third where several indexes compete or a
   * condition must be read in ranges of values.
   */
  List<T> list(Query query);

  /**
   * As {@link #list(Query)}, but items that cannot be decoded are passed over and reported. Whether
   * they match is not known.
   *
   * @param onCorrupted is told of each of them, on the calling thread
   */
  List<T> list(Query query, Consumer<? super ItemCorruptedException> onCorrupted);

  /**
   * The first page of the items that match; the query's limit is the size of the page, 100 if it
   * has none. Pages are ordered oldest first unless the query says newest first.
   */
  Page<T> page(Query query);

  /**
   * The next page after a cursor of the same query. An item that is not changed meanwhile is on
   * exactly one page.
   *
   * @throws IllegalArgumentException if the cursor belongs to another query or store, or to none
   */
  Page<T> page(Query query, Cursor after);

  /**
   * The items that match, read in batches while the stream is consumed. Must be closed if it is not
   * consumed to its end. A sliding TTL begins anew for the items that were taken, a batch at a time
   * and when the stream is closed, not for those that were only read ahead. Memory is bounded by
   * the batch size, except that ids are kept where no index serves the query, and the places of the
   * matching items where none yields the order asked for. An item that is changed while the stream
   * is read may come twice or out of order, or be missed if the change moves it to a place that was
   * read already.
   */
  Stream<T> stream(Query query);

  /**
   * As {@link #stream(Query)}, but items that cannot be decoded are passed over and reported.
   *
   * @param onCorrupted is told of each of them, on the thread that consumes the stream
   */
  Stream<T> stream(Query query, Consumer<? super ItemCorruptedException> onCorrupted);

  /**
   * How many items match, exactly. The limit and the order are ignored. If the filter is one
   * condition on an exact index only versions are read, otherwise the items.
   */
  long count(Query query);

  /**
   * About how many items match, never fewer than {@link #count}, from the sizes of the indexes:
   * items that expired or changed a short time ago may be counted too, and conditions without an
   * index are ignored. One round trip; a filter that no index serves costs as much as {@link
   * #count}.
   */
  long estimateCount(Query query);

  /**
   * How the query is answered: it runs as {@link #list(Query)} does, and tells what it read, and
   * how many of the items hold nothing in a field that orders or is compared by which they could be
   * ordered or found. Costs one round trip more than the list, for the sizes of the indexes; no
   * item counts as read.
   */
  QueryReport explain(Query query);

  /**
   * Gives an item a new TTL from now.
   *
   * @param ttl 1 ms to 100 years
   * @return whether the item is stored
   */
  boolean touch(String id, Duration ttl);

  /** How long an item will live. */
  TimeToLive ttl(String id);

  /**
   * Removes the items that were last saved longer ago than this, each only if it was not saved
   * again meanwhile. Reads the version of every item of the store. Answers how many were removed.
   *
   * @param age 0 or more
   */
  long deleteOlderThan(Duration age);

  /**
   * Applies several writes and deletes all or not at all. An item is in a batch at most once. In
   * memory and on one Redis node any items can be in a batch; on a Cluster their ids must share a
   * <code>{tag}</code>, since only then one node has them all. Two round trips, or one if no index
   * entry is to be added.
   *
   * @throws IllegalArgumentException if the batch is empty, has an id twice, or has items that
   *     cannot be written together; nothing was written then
   * @throws StorageException if the adapter has no atomic batches; nothing was written then
   */
  BatchResult atomically(AtomicBatch<T> batch);

  /**
   * The same store, whose writes count as done only once replicas have confirmed them.
   *
   * @throws StorageException if the adapter has no replicas that confirm
   */
  Storage<T> withDurability(Durability durability);

  /** The same operations without waiting for them. */
  AsyncStorage<T> async();
}
