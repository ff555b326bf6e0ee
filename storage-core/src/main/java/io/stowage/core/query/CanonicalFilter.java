package io.stowage.core.query;

import io.stowage.api.FieldValue;
import io.stowage.api.Filter;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A text that is the same for filters that say the same: whatever the order of their conditions and
 * values, in any process, with conditions repeated, nested or alone in an {@code and} or {@code
 * or}, and with one value compared or listed.
 */
final class CanonicalFilter {

  private CanonicalFilter() {}

  static String text(Filter filter) {
    if (filter instanceof Filter.Comparison comparison) {
      return comparison(comparison);
    }
    if (filter instanceof Filter.OneOf oneOf) {
      return listed("in", oneOf.field(), oneOf.operands());
    }
    if (filter instanceof Filter.NoneOf noneOf) {
      return listed("nin", noneOf.field(), noneOf.operands());
    }
    if (filter instanceof Filter.Present present) {
      return sequence("exists", List.of(present.field()));
    }
    if (filter instanceof Filter.Missing missing) {
      return sequence("missing", List.of(missing.field()));
    }
    if (filter instanceof Filter.And and) {
      return combined("and", parts(and.conditions(), CanonicalFilter::conjuncts));
    }
    if (filter instanceof Filter.Or or) {
      return combined("or", parts(or.conditions(), CanonicalFilter::disjuncts));
    }
    Filter condition = ((Filter.Not) filter).condition();
    return condition instanceof Filter.Not twice
        ? text(twice.condition())
        : sequence("not", List.of(text(condition)));
  }

  private static String comparison(Filter.Comparison comparison) {
    List<FieldValue> operand = List.of(comparison.operand());
    return switch (comparison.operator()) {
      case EQ -> listed("in", comparison.field(), operand);
      case NE -> listed("nin", comparison.field(), operand);
      case GT, GTE, LT, LTE ->
          sequence(
              comparison.operator().symbol(),
              List.of(comparison.field(), comparison.operand().canonicalText()));
    };
  }

  private static String listed(String name, String field, List<FieldValue> operands) {
    TreeSet<String> values = new TreeSet<>();
    operands.forEach(operand -> values.add(operand.canonicalText()));
    return sequence(name, List.of(field, sequence("values", values)));
  }

  private static SortedSet<String> parts(
      List<Filter> conditions, Function<Filter, List<Filter>> members) {
    TreeSet<String> parts = new TreeSet<>();
    for (Filter condition : conditions) {
      members.apply(condition).forEach(member -> parts.add(text(member)));
    }
    return parts;
  }

  private static List<Filter> conjuncts(Filter filter) {
    return filter instanceof Filter.And and
        ? and.conditions().stream().flatMap(it -> conjuncts(it).stream()).toList()
        : List.of(filter);
  }

  private static List<Filter> disjuncts(Filter filter) {
    return filter instanceof Filter.Or or
        ? or.conditions().stream().flatMap(it -> disjuncts(it).stream()).toList()
        : List.of(filter);
  }

  private static String combined(String name, SortedSet<String> parts) {
    return parts.size() == 1 ? parts.first() : sequence(name, parts);
  }

  /** Each part with its length before it, so that no two sequences look alike. */
  private static String sequence(String name, Iterable<String> parts) {
    StringBuilder text = new StringBuilder(name).append('(');
    for (String part : parts) {
      text.append(part.length()).append(':').append(part);
    }
    return text.append(')').toString();
  }
}
