package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Query.Order;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryTest {

  @Test
  void everyConditionIsItsFilter() {
    assertThat(Query.where("a").is(1).filter()).isEqualTo(Filter.eq("a", 1));
    assertThat(Query.where("a").isNot(1).filter()).isEqualTo(Filter.ne("a", 1));
    assertThat(Query.where("a").in(List.of(1)).filter()).isEqualTo(Filter.in("a", List.of(1)));
    assertThat(Query.where("a").notIn(List.of(1)).filter()).isEqualTo(Filter.nin("a", List.of(1)));
    assertThat(Query.where("a").greaterThan(1).filter()).isEqualTo(Filter.gt("a", 1));
    assertThat(Query.where("a").atLeast(1).filter()).isEqualTo(Filter.gte("a", 1));
    assertThat(Query.where("a").lessThan(1).filter()).isEqualTo(Filter.lt("a", 1));
    assertThat(Query.where("a").atMost(1).filter()).isEqualTo(Filter.lte("a", 1));
    assertThat(Query.where("a").exists().filter()).isEqualTo(Filter.exists("a"));
    assertThat(Query.where("a").isMissing().filter()).isEqualTo(Filter.missing("a"));
    assertThat(Query.matching(Map.of("a", 1)).filter()).isEqualTo(Filter.eq("a", 1));
    assertThat(Query.all().filter()).isEqualTo(Filter.all());
  }

  @Test
  void conditionsAddUpAndKeepOrderAndLimit() {
    Query query = Query.where("a").is(1).newestFirst().limit(3).and("b").is(2);

    assertThat(query)
        .isEqualTo(
            new Query(Filter.and(Filter.eq("a", 1), Filter.eq("b", 2)), Order.NEWEST_FIRST, 3));
    assertThat(query.oldestFirst().order()).isEqualTo(Order.OLDEST_FIRST);
    assertThat(query.hasLimit()).isTrue();
    assertThat(Query.all().hasLimit()).isFalse();
    assertThat(Query.all().order()).isEqualTo(Order.UNORDERED);
  }

  @Test
  void refusesALimitBelowOne() {
    assertThatThrownBy(() -> Query.all().limit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit is 0; allowed is 1 to 2147483647");
  }
}
