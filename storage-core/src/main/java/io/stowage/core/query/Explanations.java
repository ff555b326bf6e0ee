package io.stowage.core.query;

import io.stowage.api.QueryReport;
import io.stowage.api.QueryReport.Index;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says in the API's words how a query was answered. */
final class Explanations {

  private Explanations() {}

  /** The ranges of entries that a plan reads. */
  static List<IndexRange> ranges(Plan plan) {
    return plan.access() instanceof Access.ByIntersection intersection
        ? intersection.terms().stream().map(IndexRange::all).toList()
        : plan.access().read();
  }

  /**
   * A report.
   *
   * @param sizes how many entries each range of the plan has
   */
  static QueryReport report(Plan plan, List<Long> sizes, Watch watch, long matches) {
    return new QueryReport(
        access(plan.access()),
        indexes(ranges(plan), sizes),
        plan.isOrdered(),
        watch.candidates(),
        watch.stale(),
        matches,
        watch.withoutValue());
  }

  private static QueryReport.Access access(Access access) {
    if (access instanceof Access.ById) {
      return QueryReport.Access.IDS;
    }
    if (access instanceof Access.ByIndex) {
      return QueryReport.Access.INDEXES;
    }
    if (access instanceof Access.Union) {
      return QueryReport.Access.IDS_AND_INDEXES;
    }
    return access instanceof Access.ByIntersection
        ? QueryReport.Access.INTERSECTION
        : QueryReport.Access.SCAN;
  }

  private static List<Index> indexes(List<IndexRange> ranges, List<Long> sizes) {
    Map<IndexDefinition, Index> indexes = new LinkedHashMap<>();
    for (int i = 0; i < ranges.size(); i++) {
      IndexTerm term = ranges.get(i).term();
      indexes.merge(
          new IndexDefinition(term.index(), term.kind()),
          new Index(term.index(), term.kind(), 1, sizes.get(i)),
          Explanations::sum);
    }
    return new ArrayList<>(indexes.values());
  }

  private static Index sum(Index left, Index right) {
    return new Index(
        left.name(), left.kind(), left.ranges() + right.ranges(), left.entries() + right.entries());
  }
}
