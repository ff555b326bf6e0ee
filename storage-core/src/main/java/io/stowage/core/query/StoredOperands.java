package io.stowage.core.query;

import io.stowage.api.FieldValue;
import io.stowage.api.Filter;
import io.stowage.api.Query;
import io.stowage.core.item.ItemMapper;
import java.util.ArrayList;
import java.util.List;

/** Puts what is given to filters into the form in which the store's codec stores it. */
final class StoredOperands {

  private final ItemMapper<?> mapper;

  StoredOperands(ItemMapper<?> mapper) {
    this.mapper = mapper;
  }

  /**
   * The query with stored operands; itself if it has no others.
   *
   * @throws IllegalArgumentException if the codec stores nothing that a filter could compare
   */
  Query of(Query query) {
    Filter stored = of(query.filter());
    return stored.equals(query.filter()) ? query : new Query(stored, query.order(), query.limit());
  }

  /**
   * The filter with stored operands; itself if it has no others.
   *
   * @throws IllegalArgumentException if the codec stores nothing that a filter could compare
   */
  Filter of(Filter filter) {
    if (filter instanceof Filter.Comparison comparison) {
      FieldValue operand = comparison.operand();
      FieldValue stored = mapper.operand(comparison.field(), operand);
      return stored.equals(operand)
          ? filter
          : new Filter.Comparison(comparison.field(), comparison.operator(), stored);
    }
    if (filter instanceof Filter.OneOf oneOf) {
      List<FieldValue> stored = operands(oneOf.field(), oneOf.operands());
      return stored.equals(oneOf.operands()) ? filter : new Filter.OneOf(oneOf.field(), stored);
    }
    if (filter instanceof Filter.NoneOf noneOf) {
      List<FieldValue> stored = operands(noneOf.field(), noneOf.operands());
      return stored.equals(noneOf.operands()) ? filter : new Filter.NoneOf(noneOf.field(), stored);
    }
    if (filter instanceof Filter.And and) {
      List<Filter> stored = filters(and.conditions());
      return stored.equals(and.conditions()) ? filter : new Filter.And(stored);
    }
    if (filter instanceof Filter.Or or) {
      List<Filter> stored = filters(or.conditions());
      return stored.equals(or.conditions()) ? filter : new Filter.Or(stored);
    }
    if (filter instanceof Filter.Not not) {
      Filter stored = of(not.condition());
      return stored.equals(not.condition()) ? filter : new Filter.Not(stored);
    }
    return filter;
  }

  private List<FieldValue> operands(String field, List<FieldValue> operands) {
    boolean isOther = false;
    for (FieldValue operand : operands) {
      isOther |= operand.origin().isPresent();
    }
    return isOther
        ? operands.stream().map(operand -> mapper.operand(field, operand)).distinct().toList()
        : operands;
  }

  private List<Filter> filters(List<Filter> conditions) {
    boolean isOther = false;
    List<Filter> stored = new ArrayList<>(conditions.size());
    for (Filter condition : conditions) {
      Filter form = of(condition);
      isOther |= !form.equals(condition);
      stored.add(form);
    }
    return isOther ? stored : conditions;
  }
}
