package io.stowage.api;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The upkeep of one store. Everything runs while other processes read and write the store, and
 * changes no item. Safe for use by many threads. Methods throw as those of {@link Storage} do.
 */
public interface Maintenance {

  /**
   * Removes index entries that match no record, or are of an index that the store does not have,
   * and are older than the grace period. One run goes on where the run before of this object
   * stopped. At most one process at a time sweeps a store; if another one does, nothing is done.
   * Two round trips for each {@link StoreOptions#batchSize()} entries, and one more if entries are
   * removed.
   */
  SweepReport sweep(SweepOptions options);

  /**
   * Looks at every record and every index entry, and reports what is wrong. Changes nothing. What
   * looks wrong in a record is looked at again before it is reported, so that a write under way is
   * no finding. About two round trips for each {@link StoreOptions#batchSize()} records, one more
   * if the store has a TTL policy, and two for as many entries; these are walked once more if there
   * are more than the records account for.
   *
   * @param progress is told now and then, on the calling thread, how far it is
   * @throws StoreDefinitionException if the store has another order, or entries of a later schema
   *     version than the type
   */
  DoctorReport check(Consumer<Progress> progress);

  /**
   * As {@link #check}, and mends what it finds: removes dead entries and entries of unknown indexes
   * and those that say what is not so, adds missing entries, sets right scores, gives a TTL to
   * records that lack it. Records that cannot be decoded are left alone. The report tells what was
   * found before.
   */
  DoctorReport repair(Consumer<Progress> progress);

  /**
   * Brings the indexes of a store that has data to those of the item type: adds, drops and changes
   * indexes. No query misses an item meanwhile: an index that is being built is not used before it
   * is complete. Other processes that have the store open take note within half the grace period;
   * the work waits for that and for the writes that are under way, one and a half grace periods and
   * a second for an index that is added and twice that for one that is dropped. If it is
   * interrupted, the next call goes on where it stopped. The codec and the order field cannot be
   * changed so.
   *
   * <p>An index that lacks records which this process cannot decode must not be read: then the
   * report {@linkplain ReindexReport#isComplete is not complete}, the new indexes stay building,
   * and those that they shall replace stay. Once the records can be decoded (with the keys, the
   * dictionaries and the program that wrote them) or are deleted, the next call goes on there.
   *
   * <p>If the type has a later {@linkplain ItemType#schemaVersion schema version} than the entries
   * in the indexes, all of these are brought up to date, after the same wait; from then on programs
   * with an earlier one are refused every write. They stay as they are if an item cannot be
   * decoded.
   *
   * <p>A process that was started before an index was added writes it too: it takes the index's
   * value from the field of that path in the stored form. So a new index whose value is computed by
   * a function, and is no field of the stored form, is complete only if every process that writes
   * knows the function.
   *
   * @param progress is told now and then, on the calling thread, how far it is: the phases are
   *     {@code waiting} (in milliseconds), {@code records}, {@code removing} and {@code entries}
   *     (index entries)
   * @throws StoreDefinitionException if the definitions differ in more than indexes, or the type
   *     has an earlier schema version
   * @throws StorageException also if another reindex of the store is under way, or an item has a
   *     value that the index cannot hold; what was done so far stays
   */
  ReindexReport reindex(Consumer<Progress> progress);

  /**
   * What is stored of an item; empty if there is none of that id. Up to five round trips.
   *
   * @return also for a record that is damaged, with what can be told of it
   */
  Optional<ItemReport> inspect(String id);

  /**
   * Trains a compression dictionary from the store's own items and makes it the current one. Every
   * process that has the store open and compresses with Zstandard uses it within half the grace
   * period; older dictionaries stay, and so do the items that were compressed with them. Items that
   * cannot be read are passed over and counted in the report. Two round trips for each {@link
   * StoreOptions#batchSize()} items, and a few more.
   *
   * @param progress is told now and then, on the calling thread, how many items were read (phase
   *     {@code samples}) and used for training (phase {@code training})
   * @throws StorageException also if there are too few items to learn from, or zstd-jni is missing
   */
  DictionaryReport trainDictionary(DictionaryOptions options, Consumer<Progress> progress);

  /**
   * Encrypts every record that is not encrypted under the primary key, and whatever else the store
   * keeps, under the primary key of {@link StoreOptions#encryption()}. Versions, TTLs and index
   * entries stay as they are. If it is interrupted, the next call goes on where it stopped. At most
   * one process at a time does so; keys that were replaced may be taken from the key set when
   * {@link RotationReport#isComplete}, and every process encrypts under the new one. Three round
   * trips for each {@link StoreOptions#batchSize()} records.
   *
   * @param progress is told now and then, on the calling thread, how many records were looked at
   *     (phase {@code records})
   * @throws StorageException also if another rotation of the store is under way, or the options
   *     name no keys
   */
  RotationReport rotateKeys(Consumer<Progress> progress);
}
