package io.stowage.core.maintenance;

import io.stowage.core.maintenance.EntryAudit.Verdict;
import io.stowage.spi.AdapterException;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.StorePorts;
import io.stowage.spi.Touch;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done about findings; each method answers how many were mended. */
interface Treatment {

  Logger LOG = LoggerFactory.getLogger(Treatment.class);

  /** Leaves everything as it is. */
  Treatment NONE =
      new Treatment() {
        @Override
        public long restore(List<IndexEntry> entries) {
          return 0;
        }

        @Override
        public long limit(List<Touch> touches) {
          return 0;
        }

        @Override
        public long remove(EntryAudit audit, Verdict verdict) {
          return 0;
        }

        @Override
        public long remove(List<IndexEntry> falseEntries) {
          return 0;
        }
      };

  /** Entries that a record needs and that are missing, or at another score. */
  long restore(List<IndexEntry> entries);

  /** Records that live for ever and should not. */
  long limit(List<Touch> touches);

  /** Entries that nobody needs. */
  long remove(EntryAudit audit, Verdict verdict);

  /** Entries that say of their item what is not so. */
  long remove(List<IndexEntry> falseEntries);

  /**
   * Mends everything. An entry that is restored for a record that was replaced meanwhile is a dead
   * one, which does no harm; an expiry is given only to the version that was looked at. A backend
   * that has no memory left for what is missing keeps nothing else from being mended.
   */
  static Treatment mending(StorePorts ports) {
    return new Treatment() {
      @Override
      public long restore(List<IndexEntry> entries) {
        try {
          ports.indexes().add(entries);
          return entries.size();
        } catch (AdapterException e) {
          if (!e.isOutOfMemory()) {
            throw e;
          }
          LOG.warn("{} entries are not added for want of room: {}", entries.size(), e.getMessage());
          return 0;
        }
      }

      @Override
      public long limit(List<Touch> touches) {
        return ports.records().touch(touches).stream().filter(done -> done).count();
      }

      @Override
      public long remove(EntryAudit audit, Verdict verdict) {
        return audit.remove(verdict);
      }

      @Override
      public long remove(List<IndexEntry> falseEntries) {
        ports.indexes().remove(falseEntries);
        return falseEntries.size();
      }
    };
  }
}
