package io.stowage.core.maintenance;

import io.stowage.api.Progress;
import io.stowage.api.RotationReport;
import io.stowage.api.StoreOptions;
import io.stowage.spi.AdapterException;
import io.stowage.spi.BlobPort;
import io.stowage.spi.EnvelopePort;
import io.stowage.spi.KeyPort;
import io.stowage.spi.Repacking;
import io.stowage.spi.ScanPage;
import io.stowage.spi.SerializationException;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts the records of a store under the primary key, while others read and write it. A record
 * keeps its version, so its index entries stay right, and a record that is replaced meanwhile is
 * left to whoever replaced it. How far it has come is stored now and then under the key's id, so
 * that another run for the same key goes on from there. One process at a time has the lease {@code
 * rotate-key}. Used by one thread.
 */
final class KeyRotation {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
  private static final String LEASE = "rotate-key";
  private static final Duration LEASE_DURATION = Duration.ofSeconds(30);
  private static final String POSITION = "rotation";

  /** After so many parts of the scan its position is stored, to go on from there. */
  private static final int PARTS_A_POSITION = 10;

  /** How often a record is looked at again that was replaced while it was encrypted. */
  private static final int ATTEMPTS = 20;

  private final StorePorts ports;
  private final EnvelopePort envelopes;
  private final int batchSize;
  private final Pace pace;
  private long records;
  private long rotated;
  private long unreadable;

  KeyRotation(
      StorePorts ports, EnvelopePort envelopes, StoreOptions options, BooleanSupplier isClosed) {
    this.ports = ports;
    this.envelopes = envelopes;
    this.batchSize = options.batchSize();
    this.pace = new Pace(isClosed);
  }

  /**
   * Encrypts what is not encrypted under the primary key.
   *
   * @throws AdapterException if the backend fails, the thread is interrupted, another rotation is
   *     under way, or there is no valid key set; what was done so far stays
   */
  RotationReport run(Consumer<Progress> progress) {
    long begin = System.nanoTime();
    KeyPort keys =
        envelopes
            .keys()
            .orElseThrow(
                () ->
                    AdapterException.refused(
                        "the options name no keys; give them with StoreOptions.encryption", null));
    HeldLease taken =
        HeldLease.take(ports.leases(), LEASE, UUID.randomUUID().toString(), LEASE_DURATION)
            .orElseThrow(
                () ->
                    AdapterException.unavailable(
                        "another rotation of the store's keys is under way", null));
    try (HeldLease lease = taken) {
      long primary = keys.primaryKey();
      keys.resealBlobs();
      String from = position(primary);
      boolean wasResumed = !from.equals(ScanPage.START);
      rotateFrom(from, primary, keys, lease, progress);
      if (wasResumed) {
        rotateAgain(primary, keys, lease, progress);
      }
      return new RotationReport(
          primary,
          records,
          rotated,
          unreadable,
          wasResumed,
          Duration.ofNanos(System.nanoTime() - begin));
    } catch (SerializationException e) {
      throw AdapterException.refused(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Goes over all records once more. What a run before left behind is not known: records that it
   * could not read, or that another rotation encrypted under another key meanwhile.
   */
  private void rotateAgain(
      long primary, KeyPort keys, HeldLease lease, Consumer<Progress> progress) {
    records = 0;
    unreadable = 0;
    rotateFrom(ScanPage.START, primary, keys, lease, progress);
  }

  private void rotateFrom(
      String start, long primary, KeyPort keys, HeldLease lease, Consumer<Progress> progress) {
    int parts = 0;
    for (String from = start; from != null; ) {
      pace.check();
      if (!lease.keep()) {
        throw AdapterException.unavailable("another process has taken the rotation over", null);
      }
      progress.accept(new Progress("records", records));
      ScanPage page = ports.records().scan(from, batchSize);
      rotate(page.ids(), keys);
      from = page.next();
      parts++;
      if (from != null && parts % PARTS_A_POSITION == 0) {
        ports.blobs().put(POSITION, utf8(primary + " " + from));
      }
    }
    ports.blobs().remove(POSITION);
    progress.accept(new Progress("records", records));
  }

  /** Where an earlier run for the same key stopped. */
  private String position(long primary) {
    BlobPort blobs = ports.blobs();
    String prefix = primary + " ";
    return blobs
        .read(POSITION)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .filter(text -> text.startsWith(prefix))
        .map(text -> text.substring(prefix.length()))
        .orElse(ScanPage.START);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void rotate(List<String> ids, KeyPort keys) {
    List<String> left = ids;
    for (int attempt = 0; !left.isEmpty(); attempt++) {
      if (attempt == ATTEMPTS) {
        throw AdapterException.unavailable(
            "items were replaced again and again while they were encrypted, such as '"
                + left.get(0)
                + "'",
            null);
      }
      left = replacedMeanwhile(left, keys, attempt == 0);
    }
  }

  /** Encrypts records; answers the ids of those that were replaced meanwhile. */
  private List<String> replacedMeanwhile(List<String> ids, KeyPort keys, boolean areNew) {
    List<@Nullable StoredRecord> found = ports.records().read(ids);
    List<Repacking> repackings = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      StoredRecord record = found.get(i);
      if (record != null) {
        records += areNew ? 1 : 0;
        Repacking repacking = repacking(ids.get(i), record, keys);
        if (repacking != null) {
          repackings.add(repacking);
        }
      }
    }
    List<Boolean> done = repackings.isEmpty() ? List.of() : ports.records().repack(repackings);
    List<String> replaced = new ArrayList<>();
    for (int i = 0; i < done.size(); i++) {
      if (done.get(i)) {
        rotated++;
      } else {
        replaced.add(repackings.get(i).id());
      }
    }
    return replaced;
  }

  private @Nullable Repacking repacking(String id, StoredRecord record, KeyPort keys) {
    try {
      if (record.damage() != null) {
        throw new SerializationException("the record is damaged: " + record.damage(), null);
      }
      byte[] payload = keys.reseal(record.payload(), id, record.version());
      return payload == null ? null : new Repacking(id, record.version(), payload);
    } catch (SerializationException e) {
      unreadable++;
      LOG.warn("item '{}' stays as it is, since it cannot be decrypted: {}", id, e.getMessage());
      return null;
    }
  }
}
