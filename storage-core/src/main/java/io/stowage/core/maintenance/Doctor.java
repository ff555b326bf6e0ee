package io.stowage.core.maintenance;

import io.stowage.api.DoctorReport;
import io.stowage.api.DoctorReport.Finding;
import io.stowage.api.DoctorReport.Kind;
import io.stowage.api.Progress;
import io.stowage.api.StoreOptions;
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
    return new DoctorReport(
        records.looked(),
        entries.looked(),
        findings.counts(),
        findings.examples(),
        records.mended() + entries.mended(),
        dropped.getAsLong(),
        Duration.ofNanos(System.nanoTime() - begin));
  }

  private record Sum(long looked, long mended) {

    static final Sum NOTHING = new Sum(0, 0);
  }

  private Sum records(Treatment treatment, Findings findings, Consumer<Progress> progress) {
    RecordCheck<T> check = new RecordCheck<>(ports, mapper, expiry, treatment, findings);
    long looked = 0;
    long mended = 0;
    for (String from = ScanPage.START; from != null; ) {
      pace.check();
      ScanPage page = ports.records().scan(from, batchSize);
      if (!page.ids().isEmpty()) {
        RecordCheck.Looked batch = check.look(page.ids());
        looked += batch.records();
        mended += batch.mended();
      }
      progress.accept(new Progress("records", looked));
      from = page.next();
    }
    return new Sum(looked, mended);
  }

  private Sum entries(Treatment treatment, Findings findings, Consumer<Progress> progress) {
    EntryWalk walk = new EntryWalk(ports.indexes(), batchSize, term -> true);
    EntryAudit audit = new EntryAudit(ports, mapper.live(), grace);
    long looked = 0;
    long mended = 0;
    while (!walk.isDone()) {
      pace.check();
      List<IndexEntry> chunk = walk.next(batchSize);
      looked += chunk.size();
      Verdict verdict = audit.judge(chunk);
      verdict.dead().forEach(e -> findings.add(finding(Kind.DEAD_ENTRY, e)));
      verdict.orphaned().forEach(e -> findings.add(finding(Kind.UNKNOWN_INDEX, e)));
      mended += treatment.remove(audit, verdict);
      progress.accept(new Progress("entries", looked));
    }
    return new Sum(looked, mended);
  }

  private static Finding finding(Kind kind, IndexEntry entry) {
    String detail = "version " + entry.ref().version() + " in " + Places.describe(entry.term());
    return new Finding(kind, entry.ref().id(), detail);
  }
}
