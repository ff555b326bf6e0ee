package io.stowage.core.query;

import io.stowage.api.Filter;
import io.stowage.api.ItemType;
import io.stowage.core.definition.IndexState;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.definition.StoredDefinition;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.query.Conditions.Option;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses how a query finds its candidates: by ids if the filter names them, else by the condition
 * with the fewest index entries, or by the intersection of several exact conditions where the
 * backend can intersect and the smallest is large; else by a scan. Asks the backend for sizes, in
 * one round trip, only if there is a choice. Indexes whose entries are of another schema version
 * than the items are not used.
 */
final class Planner {

  /** With fewer entries, reading them all costs less than an intersection. */
  private static final long INTERSECT_FROM = 200;

  /** With more entries, an intersection, which is answered whole, could take too much memory. */
  private static final long INTERSECT_TO = 100_000;

  /** The conditions that are served under a definition. */
  private record Served(StoredDefinition definition, Conditions conditions) {}

  private final ItemMapper<?> mapper;
  private final LiveDefinition live;
  private final ReadyIndexes indexes;
  private final String orderField;
  private volatile Served served;

  Planner(ItemMapper<?> mapper, ReadyIndexes indexes) {
    this.mapper = mapper;
    this.live = mapper.live();
    this.indexes = indexes;
    this.served = served(live.latest());
    this.orderField = mapper.type().order().map(ItemType.Order::name).orElse("");
  }

  private Served served(StoredDefinition definition) {
    boolean isTrusted = definition.schema().isTrustedBy(mapper.type().schemaVersion());
    return new Served(
        definition,
        new Conditions(mapper, isTrusted ? definition.in(IndexState.READY) : List.of()));
  }

  private List<Option> options(Filter filter) {
    StoredDefinition now = live.current();
    Served by = served;
    if (!by.definition().equals(now)) {
      by = served(now);
      served = by;
    }
    return by.conditions().options(filter);
  }

  /** Chooses among what the indexes that are complete now allow. */
  Plan plan(Filter filter) {
    List<Option> options = options(filter);
    if (options.isEmpty()) {
      return new Plan(new Access.Scan(), Conditions.conjuncts(filter).isEmpty(), false);
    }
    for (Option option : options) {
      if (option.access() instanceof Access.ById) {
        return plan(option, filter);
      }
    }
    boolean isChoice = options.size() > 1 || options.get(0).hasAlternatives();
    return isChoice ? choose(options, filter) : plan(options.get(0), filter);
  }

  private Plan plan(Option option, Filter filter) {
    boolean isWholeFilter = Conditions.conjuncts(filter).size() == 1;
    return new Plan(option.access(), option.isExact() && isWholeFilter, isOrdered(option.access()));
  }

  private Plan choose(List<Option> options, Filter filter) {
    RangeSizes.Choice best = RangeSizes.of(options, indexes).smallest(options);
    long size = best.size();
    Set<IndexTerm> terms = singleTerms(options);
    boolean intersects =
        indexes.canIntersect()
            && terms.size() > 1
            && size >= INTERSECT_FROM
            && size <= INTERSECT_TO
            && singleTerms(List.of(best.option())).size() == 1;
    if (!intersects) {
      return plan(new Option(best.access(), best.option().isExact()), filter);
    }
    boolean isExact = terms.size() == Conditions.conjuncts(filter).size();
    return new Plan(new Access.ByIntersection(List.copyOf(terms)), isExact, true);
  }

  private static Set<IndexTerm> singleTerms(List<Option> options) {
    Set<IndexTerm> terms = new HashSet<>();
    for (Option option : options) {
      if (option.isExact()
          && option.access() instanceof Access.ByIndex byIndex
          && byIndex.ranges().size() == 1) {
        IndexTerm term = byIndex.ranges().get(0).term();
        if (term.kind().isByValue()) {
          terms.add(term);
        }
      }
    }
    return terms;
  }

  /** The fewest entries that an index has for the filter; negative if no index serves it. */
  long smallestSize(Filter filter) {
    List<Option> options = options(filter);
    if (options.isEmpty()) {
      return -1;
    }
    for (Option option : options) {
      if (option.access() instanceof Access.ById byId) {
        return byId.ids().size();
      }
    }
    return RangeSizes.of(options, indexes).smallest(options).size();
  }

  private boolean isOrdered(Access access) {
    return access instanceof Access.ByIndex byIndex
        && byIndex.ranges().stream().allMatch(this::isOrdered);
  }

  private boolean isOrdered(IndexRange range) {
    return range.term().kind().isByValue() || range.term().index().equals(orderField);
  }
}
