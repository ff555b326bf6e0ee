package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static io.stowage.testkit.storage.Docs.pagedIds;
import static io.stowage.testkit.storage.Docs.streamedIds;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.List;

/** What queries answer of items that change while they run. */
interface MovingClauses extends Clauses {

  @Clause
  default void s280_movingBetweenValues() {
    Storage<Document> storage =
        stores().documents(type -> type.index("color", "size").orderedBy("turn"));
    List<String> colors = List.of("c0", "c1", "c2", "c3");
    List<Document> all = new ArrayList<>();
    for (String color : colors) {
      all.add(doc("id", color, "color", color, "size", "s", "turn", all.size()));
    }
    all.add(doc("id", "mover", "color", "c0", "size", "s", "turn", 2));
    storage.saveAll(all);
    Query byColor = where("color").in(colors).oldestFirst();
    Query either = Query.matching(Filter.or(Filter.in("color", colors), Filter.eq("size", "none")));

    for (int move = 1; move <= 24; move++) {
      String color = colors.get(move * 3 % 4);
      int form = move / 4 % 6;
      int number = move;
      List<List<String>> answers =
          Threads.call(
              2,
              thread -> {
                if (thread == 0) {
                  storage.save(doc("id", "mover", "color", color, "size", "s", "turn", 2));
                  return List.of("mover", "c0", "c1", "c2", "c3");
                }
                return switch (form) {
                  case 0 -> ids(storage, byColor);
                  case 1 -> ids(storage, byColor.newestFirst().limit(50));
                  case 2 -> pagedIds(storage, byColor.limit(2));
                  case 3 -> streamedIds(storage, byColor).stream().distinct().toList();
                  case 4 -> ids(storage, either);
                  default -> {
                    assertThat(storage.count(byColor)).as("count at move %s", number).isEqualTo(5);
                    yield List.of("mover", "c0", "c1", "c2", "c3");
                  }
                };
              });
      assertThat(answers.get(1))
          .as("answer of form %s at move %s of an item that matches all the time", form, move)
          .containsExactlyInAnyOrder("mover", "c0", "c1", "c2", "c3");
    }
  }
}
