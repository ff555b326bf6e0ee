package io.stowage.core.query;

import io.stowage.api.FieldValue;
import io.stowage.api.Filter;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.core.item.ItemIds;
import io.stowage.core.item.ItemMapper;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds in a filter the conditions that can be served without a scan: by ids, by exact indexes, by
 * range indexes, and by the union of such where all branches of an {@code or} have one.
 */
final class Conditions {

  /**
   * One way to find the candidates.
   *
   * @param access the way
   * @param isExact whether it stands for its condition whole: an entry means a match
   * @param branches of an {@code or} the options of each branch, of which {@code access} takes the
   *     first; else none
   */
  record Option(Access access, boolean isExact, List<List<Option>> branches) {

    Option(Access access, boolean isExact) {
      this(access, isExact, List.of());
    }

    /** Whether there is a choice in a branch. */
    boolean hasAlternatives() {
      return branches.stream()
          .anyMatch(branch -> branch.size() > 1 || branch.get(0).hasAlternatives());
    }
  }

  private final ItemMapper<?> mapper;
  private final Map<String, IndexKind> indexes = new HashMap<>();

  /**
   * The conditions that indexes serve.
   *
   * @param ready the indexes of the store that are complete; of these the declared ones are used
   */
  Conditions(ItemMapper<?> mapper, List<IndexDefinition> ready) {
    this.mapper = mapper;
    ItemType<?> type = mapper.type();
    for (ItemType.Index<?> index : type.indexes()) {
      if (ready.contains(new IndexDefinition(index.name(), index.kind()))) {
        indexes.put(index.name(), index.kind());
      }
    }
  }

  /** The conditions that must all hold. */
  static List<Filter> conjuncts(Filter filter) {
    if (!(filter instanceof Filter.And and)) {
      return List.of(filter);
    }
    return and.conditions().stream().flatMap(condition -> conjuncts(condition).stream()).toList();
  }

  /** The ways to find all items that match, each sufficient by itself. */
  List<Option> options(Filter filter) {
    List<Option> options = new ArrayList<>();
    Map<String, IndexRange> ranges = new LinkedHashMap<>();
    for (Filter condition : conjuncts(filter)) {
      option(condition).ifPresent(options::add);
      range(condition)
          .ifPresent(range -> ranges.merge(range.term().index(), range, Conditions::intersection));
    }
    for (IndexRange range : ranges.values()) {
      boolean isEmpty = range.min() > range.max();
      Access access = isEmpty ? new Access.ById(List.of()) : new Access.ByIndex(List.of(range));
      options.add(new Option(access, false));
    }
    return options;
  }

  private Optional<Option> option(Filter condition) {
    if (condition instanceof Filter.Comparison comparison
        && comparison.operator() == Filter.Operator.EQ) {
      return equality(comparison.field(), List.of(comparison.operand()));
    }
    if (condition instanceof Filter.OneOf oneOf) {
      return equality(oneOf.field(), oneOf.operands());
    }
    return condition instanceof Filter.Or or ? union(or) : Optional.empty();
  }

  private Optional<Option> equality(String field, List<FieldValue> operands) {
    if (operands.isEmpty()) {
      return Optional.of(new Option(new Access.ById(List.of()), true));
    }
    if (field.equals("id") && mapper.isIdPlain()) {
      return Optional.of(byId(operands));
    }
    IndexKind kind = indexes.get(field);
    if (kind == null || !kind.isByValue()) {
      return Optional.empty();
    }
    IndexDefinition index = new IndexDefinition(field, kind);
    List<IndexRange> ranges =
        operands.stream()
            .map(operand -> IndexRange.all(mapper.term(index, operand)))
            .distinct()
            .toList();
    return Optional.of(new Option(new Access.ByIndex(ranges), true));
  }

  /** An id is the text that was given, also if it reads as a moment. */
  private static Option byId(List<FieldValue> operands) {
    List<String> ids = new ArrayList<>();
    for (FieldValue operand : operands) {
      switch (operand.kind()) {
        case TEXT, MOMENT -> ids.add(ItemIds.check((String) operand.asWritten().value()));
        case NUMBER -> wholeNumber((BigDecimal) operand.value()).ifPresent(ids::add);
        case BOOLEAN -> {}
      }
    }
    return new Option(new Access.ById(ids.stream().distinct().toList()), false);
  }

  private static Optional<String> wholeNumber(BigDecimal number) {
    BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    boolean isWhole = stripped.scale() <= 0 && stripped.scale() > -1_000;
    return isWhole ? Optional.of(stripped.toPlainString()) : Optional.empty();
  }

  private Optional<IndexRange> range(Filter condition) {
    if (condition instanceof Filter.OneOf oneOf) {
      return hull(oneOf);
    }
    if (!(condition instanceof Filter.Comparison comparison)
        || indexes.get(comparison.field()) != IndexKind.RANGE
        || comparison.operand().score().isEmpty()) {
      return Optional.empty();
    }
    double score = comparison.operand().score().getAsDouble();
    IndexTerm term = IndexTerm.range(comparison.field());
    return switch (comparison.operator()) {
      case EQ -> Optional.of(new IndexRange(term, score, score));
      case GT, GTE -> Optional.of(new IndexRange(term, score, Double.POSITIVE_INFINITY));
      case LT, LTE -> Optional.of(new IndexRange(term, Double.NEGATIVE_INFINITY, score));
      case NE -> Optional.empty();
    };
  }

  private Optional<IndexRange> hull(Filter.OneOf oneOf) {
    boolean isServed =
        indexes.get(oneOf.field()) == IndexKind.RANGE
            && !oneOf.operands().isEmpty()
            && oneOf.operands().stream().allMatch(operand -> operand.score().isPresent());
    if (!isServed) {
      return Optional.empty();
    }
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (FieldValue operand : oneOf.operands()) {
      min = Math.min(min, operand.score().getAsDouble());
      max = Math.max(max, operand.score().getAsDouble());
    }
    return Optional.of(new IndexRange(IndexTerm.range(oneOf.field()), min, max));
  }

  private static IndexRange intersection(IndexRange a, IndexRange b) {
    return new IndexRange(a.term(), Math.max(a.min(), b.min()), Math.min(a.max(), b.max()));
  }

  private Optional<Option> union(Filter.Or or) {
    List<List<Option>> branches = new ArrayList<>();
    for (Filter branch : or.conditions()) {
      List<Option> options = options(branch);
      if (options.isEmpty()) {
        return Optional.empty();
      }
      branches.add(options);
    }
    List<Access> first = branches.stream().map(branch -> branch.get(0).access()).toList();
    return Optional.of(new Option(Access.anyOf(first), false, branches));
  }
}
