package io.stowage.core.maintenance;

import io.stowage.api.DoctorReport.Finding;
import io.stowage.api.DoctorReport.Kind;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.core.definition.IndexState;
import io.stowage.core.definition.StoredDefinition;
import io.stowage.core.item.ItemImage;
import io.stowage.core.item.ItemMapper;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.Touch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at records: whether they can be decoded, have their entries in the indexes that queries
 * read, and expire if they should. Used by one thread.
 *
 * <p>A record, its entries and its TTL are read one after the other, and writers do not wait. So
 * what looks wrong counts only if the record then still has the version that was read first, and
 * the index is still read by queries: the entries of a record are there before it is, and stay as
 * long as it does, so that one that was missing in between was missing.
 */
final class RecordCheck<T> {

  private static final int ENTRIES_AT_ONCE = 10_000;

  /** A record and what should be true of it. */
  private record Patient(String id, Version version, List<IndexEntry> entries, boolean mayExpire) {}

  /** Something that looks wrong, and what would mend it: an entry to restore, or else an expiry. */
  private record Suspicion(Finding finding, Version version, @Nullable IndexEntry entry) {}

  private final PersistencePort records;
  private final StorePorts ports;
  private final ItemMapper<T> mapper;
  private final Expiry expiry;
  private final Treatment treatment;
  private final Findings findings;

  /**
   * A check.
   *
   * @param expiry what the store's TTL policy gives a record whose item brings no expiry
   */
  RecordCheck(
      StorePorts ports,
      ItemMapper<T> mapper,
      Expiry expiry,
      Treatment treatment,
      Findings findings) {
    this.records = ports.records();
    this.ports = ports;
    this.mapper = mapper;
    this.expiry = expiry;
    this.treatment = treatment;
    this.findings = findings;
  }

  /**
   * What looking at some records came to.
   *
   * @param entries how many of their entries are there
   */
  record Looked(int records, long entries, long mended) {}

  Looked look(List<String> ids) {
    List<@Nullable StoredRecord> stored = records.read(ids);
    StoredDefinition definition = mapper.live().current();
    List<Patient> patients = new ArrayList<>(ids.size());
    int found = 0;
    for (int i = 0; i < ids.size(); i++) {
      StoredRecord record = stored.get(i);
      if (record != null) {
        found++;
        Patient patient = admit(ids.get(i), record, definition);
        if (patient != null) {
          patients.add(patient);
        }
      }
    }
    List<Suspicion> suspicions = new ArrayList<>(entries(patients));
    long missing =
        suspicions.stream().filter(s -> s.finding().kind() == Kind.MISSING_ENTRY).count();
    long entries = patients.stream().mapToLong(p -> p.entries().size()).sum() - missing;
    suspicions.addAll(expiries(patients));
    return new Looked(found, entries, suspicions.isEmpty() ? 0 : confirm(suspicions));
  }

  /**
   * The record as it should be; null if it cannot be told. The functions of the item's type may
   * fail in any way on a record that they were not made for.
   */
  private @Nullable Patient admit(String id, StoredRecord record, StoredDefinition definition) {
    try {
      ItemImage<T> image = mapper.decode(id, record);
      List<IndexEntry> entries =
          mapper.termsOfStored(image, looked(definition)).entries(id, record.version());
      boolean mayExpire = isLimited() && mapper.expiresAt(id, image.item()) == null;
      return new Patient(id, record.version(), entries, mayExpire);
    } catch (AdapterException e) {
      throw e; // What decoding needs of the store could not be had: that tells nothing of the item.
    } catch (RuntimeException e) {
      findings.add(new Finding(Kind.UNDECODABLE, id, String.valueOf(e.getMessage())));
      return null;
    }
  }

  private boolean isLimited() {
    return expiry.kind() != Expiry.Kind.NEVER && expiry.kind() != Expiry.Kind.KEEP;
  }

  /** The indexes that queries read: none while their entries are of another schema version. */
  private List<IndexDefinition> looked(StoredDefinition definition) {
    boolean isTrusted = definition.schema().isTrustedBy(mapper.type().schemaVersion());
    return isTrusted ? definition.in(IndexState.READY) : List.of();
  }

  private List<Suspicion> entries(List<Patient> patients) {
    List<IndexEntry> all = patients.stream().flatMap(p -> p.entries().stream()).toList();
    List<Suspicion> suspicions = new ArrayList<>();
    for (int from = 0; from < all.size(); from += ENTRIES_AT_ONCE) {
      List<IndexEntry> part = all.subList(from, Math.min(all.size(), from + ENTRIES_AT_ONCE));
      List<@Nullable Double> scores = ports.indexes().scores(part);
      for (int i = 0; i < part.size(); i++) {
        IndexEntry entry = part.get(i);
        Double score = scores.get(i);
        if (score == null) {
          suspicions.add(suspicion(Kind.MISSING_ENTRY, entry, "has no entry in "));
        } else if (Double.compare(score, entry.ref().score()) != 0) {
          String detail = "is at " + score + " instead of " + entry.ref().score() + " in ";
          suspicions.add(suspicion(Kind.WRONG_SCORE, entry, detail));
        }
      }
    }
    return suspicions;
  }

  private static Suspicion suspicion(Kind kind, IndexEntry entry, String what) {
    Finding finding = new Finding(kind, entry.ref().id(), what + Places.describe(entry.term()));
    return new Suspicion(finding, entry.ref().version(), entry);
  }

  private List<Suspicion> expiries(List<Patient> patients) {
    List<Patient> mortal = patients.stream().filter(Patient::mayExpire).toList();
    if (mortal.isEmpty()) {
      return List.of();
    }
    List<TimeToLive> lives = records.ttl(mortal.stream().map(Patient::id).toList());
    List<Suspicion> suspicions = new ArrayList<>();
    for (int i = 0; i < mortal.size(); i++) {
      Patient patient = mortal.get(i);
      if (lives.get(i).isUnlimited()) {
        Finding finding =
            new Finding(Kind.NO_TTL, patient.id(), "never expires, and the TTL policy says when");
        suspicions.add(new Suspicion(finding, patient.version(), null));
      }
    }
    return suspicions;
  }

  /** Takes what is still so as a finding, and mends it; answers how many were mended. */
  private long confirm(List<Suspicion> suspicions) {
    Map<String, @Nullable Version> now = versions(suspicions);
    StoredDefinition definition = mapper.live().current();
    List<IndexEntry> entries = new ArrayList<>();
    List<Touch> touches = new ArrayList<>();
    for (Suspicion suspicion : suspicions) {
      String id = suspicion.finding().id();
      IndexEntry entry = suspicion.entry();
      boolean isSame = suspicion.version().equals(now.get(id));
      if (isSame && (entry == null || definition.isReady(entry.term()))) {
        findings.add(suspicion.finding());
        if (entry == null) {
          touches.add(new Touch(id, suspicion.version(), expiry));
        } else {
          entries.add(entry);
        }
      }
    }
    long mended = entries.isEmpty() ? 0 : treatment.restore(entries);
    return mended + (touches.isEmpty() ? 0 : treatment.limit(touches));
  }

  private Map<String, @Nullable Version> versions(List<Suspicion> suspicions) {
    List<String> ids = suspicions.stream().map(s -> s.finding().id()).distinct().toList();
    List<@Nullable Version> versions = records.versions(ids);
    Map<String, @Nullable Version> byId = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      byId.put(ids.get(i), versions.get(i));
    }
    return byId;
  }
}
