package io.stowage.core.query;

import io.stowage.spi.PersistencePort;
import io.stowage.spi.ScanPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every item of the store. A scan may name an id several times, so the ids seen are kept. */
final class ScanSource implements CandidateSource {

  private final PersistencePort records;
  private final Set<String> seen = new HashSet<>();
  private final Deque<String> fresh = new ArrayDeque<>();
  private @Nullable String position = ScanPage.START;

  ScanSource(PersistencePort records) {
    this.records = records;
  }

  @Override
  public List<Candidate> next(int limit) {
    while (position != null && fresh.size() < limit) {
      ScanPage page = records.scan(position, limit);
      page.ids().stream().filter(seen::add).forEach(fresh::add);
      position = page.next();
    }
    List<Candidate> next = new ArrayList<>(Math.min(limit, fresh.size()));
    while (next.size() < limit && !fresh.isEmpty()) {
      next.add(new Candidate(fresh.remove(), null));
    }
    return next;
  }
}
