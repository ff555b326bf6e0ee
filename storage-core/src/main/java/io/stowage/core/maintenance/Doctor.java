package io.stowage.core.maintenance;

import io.stowage.api.DoctorReport;
import io.stowage.api.DoctorReport.Finding;
import io.stowage.api.DoctorReport.Kind;
import io.stowage.api.IndexKind;
import io.stowage.api.Progress;
import io.stowage.api.StoreOptions;
import io.stowage.core.definition.StoredSchema;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.maintenance.EntryAudit.Verdict;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Looks at every record and every index entry of a store while it is in use, a batch at a time.
 * Safe for use by many threads.
 */
public final class Doctor<T> {

  private final StorePorts ports;
  private final ItemMapper<T> mapper;
  private final Expiry expiry;
  private final int batchSize;
  private final Duration grace;
  private final LongSupplier dropped;
  private final Pace pace;

  /**
   * A doctor.
   *
   * @param expiry what the store's TTL policy gives a record whose item brings no expiry
   * @param dropped answers how many clean-ups the platform has dropped
   * @param isClosed whether the platform was closed, so that the work must end
   */
  public Doctor(
      StorePorts ports,
      ItemMapper<T> mapper,
      Expiry expiry,
      StoreOptions options,
      LongSupplier dropped,
      BooleanSupplier isClosed) {
    this.ports = ports;
    this.dropped = dropped;
    this.mapper = mapper;
    this.expiry = expiry;
    this.batchSize = options.batchSize();
    this.grace = options.gracePeriod();
    this.pace = new Pace(isClosed);
  }

  /**
   * Reports what is wrong.
   *
   * @throws AdapterException if the backend fails or the thread is interrupted
   */
  public DoctorReport check(Consumer<Progress> progress) {
    return examine(Treatment.NONE, progress);
  }

  /**
   * Reports what was wrong, and mends it: what is to be removed first, so that it makes room for
   * what is missing.
   *
   * @throws AdapterException if the backend fails or the thread is interrupted; what was mended
   *     before stays so
   */
  public DoctorReport repair(Consumer<Progress> progress) {
    return examine(Treatment.mending(ports), progress);
  }

  private DoctorReport examine(Treatment treatment, Consumer<Progress> progress) {
    long begin = System.nanoTime();
    Findings findings = new Findings();
    boolean mends = treatment != Treatment.NONE;
    Sum before = mends ? entries(treatment, findings, progress) : Sum.NOTHING;
    Sum records = records(treatment, findings, progress);
    Sum entries = mends ? before : entries(treatment, findings, progress);
    long mended = records.mended() + entries.mended();
    StoredSchema schema = mapper.live().current().schema();
    if (!schema.isTrustedBy(mapper.type().schemaVersion())) {
      findings.add(finding(schema));
    } else if (entries.alive() > records.alive()) {
      mended += falseEntries(treatment, findings, progress);
    }
    return new DoctorReport(
        records.looked(),
        entries.looked(),
        findings.counts(),
        findings.examples(),
        mended,
        dropped.getAsLong(),
        Duration.ofNanos(System.nanoTime() - begin));
  }

  /**
   * What was looked at.
   *
   * @param alive how many entries that have their record's version were met, or more
   */
  private record Sum(long looked, long alive, long mended) {

    static final Sum NOTHING = new Sum(0, 0, 0);
  }

  private Sum records(Treatment treatment, Findings findings, Consumer<Progress> progress) {
    RecordCheck<T> check = new RecordCheck<>(ports, mapper, expiry, treatment, findings);
    long looked = 0;
    long alive = 0;
    long mended = 0;
    for (String from = ScanPage.START; from != null; ) {
      pace.check();
      ScanPage page = ports.records().scan(from, batchSize);
      if (!page.ids().isEmpty()) {
        RecordCheck.Looked batch = check.look(page.ids());
        looked += batch.records();
        alive += batch.entries();
        mended += batch.mended();
      }
      progress.accept(new Progress("records", looked));
      from = page.next();
    }
    return new Sum(looked, alive, mended);
  }

  private Sum entries(Treatment treatment, Findings findings, Consumer<Progress> progress) {
    EntryWalk walk = new EntryWalk(ports.indexes(), batchSize, term -> true);
    EntryAudit audit = new EntryAudit(ports, mapper.live(), grace);
    long looked = 0;
    long alive = 0;
    long mended = 0;
    while (!walk.isDone()) {
      pace.check();
      List<IndexEntry> chunk = walk.next(batchSize);
      looked += chunk.size();
      Verdict verdict = audit.judge(chunk);
      alive += chunk.size() - verdict.dead().size() - verdict.orphaned().size();
      verdict.dead().forEach(e -> findings.add(finding(Kind.DEAD_ENTRY, e)));
      verdict.orphaned().forEach(e -> findings.add(finding(Kind.UNKNOWN_INDEX, e)));
      mended += treatment.remove(audit, verdict);
      progress.accept(new Progress("entries", looked));
    }
    return new Sum(looked, alive, mended);
  }

  /**
   * Looks at what every entry says of its item. That takes reading the items once for each of their
   * entries, so it is done only if there are more entries than the items account for. Entries of
   * blind indexes tell nothing.
   */
  private long falseEntries(Treatment treatment, Findings findings, Consumer<Progress> progress) {
    FalseEntries<T> falseEntries = new FalseEntries<>(ports.records(), mapper);
    EntryWalk walk =
        new EntryWalk(ports.indexes(), batchSize, term -> term.kind() != IndexKind.BLIND);
    long looked = 0;
    long mended = 0;
    while (!walk.isDone()) {
      pace.check();
      List<IndexEntry> chunk = walk.next(batchSize);
      looked += chunk.size();
      List<IndexEntry> found = falseEntries.among(chunk);
      found.forEach(e -> findings.add(finding(Kind.FALSE_ENTRY, e)));
      mended += found.isEmpty() ? 0 : treatment.remove(found);
      progress.accept(new Progress("items of entries", looked));
    }
    return mended;
  }

  private Finding finding(StoredSchema schema) {
    String detail =
        "the indexes are of schema version "
            + schema.version()
            + ", items of "
            + mapper.type().schemaVersion()
            + (schema.isChanging() ? "; a reindex has not come to its end" : "; reindex");
    return new Finding(Kind.OLD_ENTRIES, "", detail);
  }

  private static Finding finding(Kind kind, IndexEntry entry) {
    String detail = "version " + entry.ref().version() + " in " + Places.describe(entry.term());
    return new Finding(kind, entry.ref().id(), detail);
  }
}
