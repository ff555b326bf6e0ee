package io.stowage.core.maintenance;

import io.stowage.api.DoctorReport;
import io.stowage.api.DoctorReport.Finding;
import io.stowage.api.DoctorReport.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts findings and keeps the first of each kind. A scan may show a thing twice, so what was
 * found is remembered, up to a bound; beyond it a finding that is met again counts again.
 */
final class Findings {

  private static final int REMEMBERED = 50_000;

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<Finding> examples = new ArrayList<>();
  private final Set<Finding> seen = new HashSet<>();

  /** Takes a finding; its detail tells it from others of its kind and id. */
  void add(Finding finding) {
    if (seen.contains(finding)) {
      return;
    }
    if (seen.size() < REMEMBERED) {
      seen.add(finding);
    }
    long count = counts.merge(finding.kind(), 1L, Long::sum);
    if (count <= DoctorReport.EXAMPLES) {
      examples.add(finding);
    }
  }

  Map<Kind, Long> counts() {
    return counts;
  }

  List<Finding> examples() {
    return examples;
  }
}
