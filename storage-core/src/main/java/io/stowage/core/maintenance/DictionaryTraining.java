package io.stowage.core.maintenance;

import io.stowage.api.DictionaryOptions;
import io.stowage.api.DictionaryReport;
import io.stowage.api.Progress;
import io.stowage.api.StoreOptions;
import io.stowage.core.definition.ContentNumber;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.item.ItemMapper;
import io.stowage.spi.AdapterException;
import io.stowage.spi.DictionaryPort;
import io.stowage.spi.ScanPage;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a compression dictionary from a store's own items and makes it the current one. Used by
 * one thread.
 *
 * <p>The dictionary is stored under a number that follows from its content, and only then named in
 * the definition, so whoever knows its number finds it, and finds no other one. Dictionaries are
 * never removed: an item may need its own for as long as it lives. One that is gone all the same
 * does not keep its successor away.
 */
final class DictionaryTraining<T> {

  private static final Logger LOG = LoggerFactory.getLogger(DictionaryTraining.class);

  /** The samples are held in memory; beyond so many bytes of them, more would teach little. */
  private static final long MAX_SAMPLED_BYTES = 64L << 20;

  private final StorePorts ports;
  private final ItemMapper<T> mapper;
  private final int batchSize;
  private final Pace pace;
  private int unreadable;

  DictionaryTraining(
      StorePorts ports, ItemMapper<T> mapper, StoreOptions options, BooleanSupplier isClosed) {
    this.ports = ports;
    this.mapper = mapper;
    this.batchSize = options.batchSize();
    this.pace = new Pace(isClosed);
  }

  /**
   * Trains, stores and announces a dictionary.
   *
   * @throws AdapterException if the backend fails, the thread is interrupted, the items are too few
   *     to learn from, or the library is missing
   */
  DictionaryReport train(DictionaryOptions options, Consumer<Progress> progress) {
    long begin = System.nanoTime();
    DictionaryPort dictionaries =
        mapper
            .envelopes()
            .dictionaries()
            .orElseThrow(
                () ->
                    AdapterException.refused(
                        "dictionaries need com.github.luben:zstd-jni on the class path", null));
    try {
      List<byte[]> samples = samples(options.maxSamples(), progress);
      progress.accept(new Progress("training", samples.size()));
      byte[] dictionary = dictionaries.train(samples, options.maxBytes());
      LiveDefinition live = mapper.live();
      int before = live.renewed().coding().dictionary();
      byte[] dictionaryBefore = before == 0 ? new byte[0] : readable(dictionaries, before);
      int number = store(dictionaries, dictionary);
      live.change(stored -> stored.compressingWith(number));
      return new DictionaryReport(
          number,
          dictionary.length,
          samples.size(),
          unreadable,
          samples.stream().mapToLong(sample -> sample.length).sum(),
          dictionaries.compressedSize(samples, dictionary),
          dictionaries.compressedSize(samples, dictionaryBefore),
          Duration.ofNanos(System.nanoTime() - begin));
    } catch (SerializationException e) {
      throw AdapterException.refused(String.valueOf(e.getMessage()), e);
    }
  }

  /** The dictionary that was in use; an empty one if it cannot be read. */
  private static byte[] readable(DictionaryPort dictionaries, int number) {
    try {
      return dictionaries.read(number);
    } catch (SerializationException e) {
      LOG.warn("the dictionary that was in use before cannot be read: {}", e.getMessage());
      return new byte[0];
    }
  }

  /** Another training may have stored the same one; that another one has its number is unlikely. */
  private static int store(DictionaryPort dictionaries, byte[] dictionary) {
    int number = ContentNumber.ofDictionary(dictionary);
    if (!dictionaries.store(number, dictionary)
        && !Arrays.equals(dictionaries.read(number), dictionary)) {
      throw AdapterException.refused(
          "by accident another dictionary has the number " + number + "; train one of another size",
          null);
    }
    return number;
  }

  /** The encoded forms of the first items of a scan, which come in no particular order. */
  private List<byte[]> samples(int limit, Consumer<Progress> progress) {
    List<byte[]> samples = new ArrayList<>();
    long bytes = 0;
    String from = ScanPage.START;
    while (from != null && samples.size() < limit && bytes < MAX_SAMPLED_BYTES) {
      pace.check();
      ScanPage page = ports.records().scan(from, batchSize);
      List<String> ids = page.ids();
      List<@Nullable StoredRecord> found = ids.isEmpty() ? List.of() : ports.records().read(ids);
      for (int i = 0; i < found.size() && samples.size() < limit; i++) {
        byte[] sample = sample(ids.get(i), found.get(i));
        if (sample != null) {
          samples.add(sample);
          bytes += sample.length;
        }
      }
      progress.accept(new Progress("samples", samples.size()));
      from = page.next();
    }
    return samples;
  }

  /** What the item's codec wrote; null if that cannot be told, so that others must do. */
  private byte @Nullable [] sample(String id, @Nullable StoredRecord record) {
    if (record == null) {
      return null;
    }
    try {
      if (record.damage() != null) {
        throw new SerializationException("the record is damaged: " + record.damage(), null);
      }
      return mapper.envelopes().open(record.payload(), id, record.version()).bytes();
    } catch (SerializationException e) {
      unreadable++;
      LOG.debug("item '{}' teaches nothing, since it cannot be read: {}", id, e.getMessage());
      return null;
    }
  }
}
