package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static io.stowage.testkit.storage.Docs.numberedIds;
import static io.stowage.testkit.storage.Docs.pagedIds;
import static io.stowage.testkit.storage.Docs.pages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Cursor;
import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pages and cursors. */
interface PagingClauses extends Clauses {

  private Storage<Document> filled(List<String> ids) {
    Storage<Document> storage = stores().indexed("session");
    storage.saveAll(ids.stream().map(id -> doc("id", id, "session", "s", "text", "t")).toList());
    return storage;
  }

  @Clause
  default void s103_pagesCoverEverythingOnce() {
    List<String> ids = numberedIds(23);
    Storage<Document> storage = filled(ids);
    Query query = where("session").is("s").limit(5);

    List<Page<Document>> pages = pages(storage, query);

    assertThat(pages).extracting(page -> page.items().size()).containsExactly(5, 5, 5, 5, 3);
    assertThat(pagedIds(storage, query)).isEqualTo(ids);
    assertThat(pagedIds(storage, query.oldestFirst())).isEqualTo(ids);
    List<String> newest = new ArrayList<>(ids);
    Collections.reverse(newest);
    assertThat(pagedIds(storage, query.newestFirst())).isEqualTo(newest);
  }

  @Clause
  default void s104_fullLastPage() {
    Storage<Document> storage = filled(numberedIds(10));

    assertThat(pages(storage, where("session").is("s").limit(5)))
        .extracting(page -> page.items().size())
        .containsExactly(5, 5);
    assertThat(storage.page(where("session").is("s").limit(10)).next()).isEmpty();
    assertThat(storage.page(where("session").is("none").limit(5)).next()).isEmpty();
  }

  @Clause
  default void s105_defaultPageSize() {
    Storage<Document> storage = filled(numberedIds(130));

    assertThat(pages(storage, where("session").is("s")))
        .extracting(page -> page.items().size())
        .containsExactly(100, 30);
  }

  @Clause
  default void s106_pagesOfAScan() {
    List<String> ids = numberedIds(1_100);
    Storage<Document> storage = filled(ids);

    assertThat(pagedIds(storage, where("text").is("t").limit(400))).isEqualTo(ids);
    assertThat(pagedIds(storage, Query.all().limit(550))).isEqualTo(ids);
    assertThat(pagedIds(storage, where("session").is("s").limit(1_000))).isEqualTo(ids);
  }

  @Clause
  default void s107_stableWhileOthersChange() {
    List<String> ids = numberedIds(40);
    Storage<Document> storage = filled(ids);
    for (Query query :
        List.of(
            where("session").is("s").oldestFirst().limit(6),
            where("session").is("s").newestFirst().limit(6),
            where("text").is("t").oldestFirst().limit(6))) {
      List<String> seen = new ArrayList<>();
      Page<Document> page = storage.page(query);
      for (int round = 0; ; round++) {
        seen.addAll(ids(page.items()));
        disturb(storage, round);
        if (page.next().isEmpty()) {
          break;
        }
        page = storage.page(query, page.next().get());
      }
      List<String> untouched = ids.stream().filter(id -> !isDisturbed(id)).toList();
      assertThat(seen.stream().filter(untouched::contains).toList())
          .as("%s", query)
          .hasSameSizeAs(untouched)
          .containsExactlyInAnyOrderElementsOf(untouched);
      ids.stream()
          .filter(PagingClauses::isDisturbed)
          .forEach(id -> storage.save(doc("id", id, "session", "s", "text", "t")));
    }
  }

  private static boolean isDisturbed(String id) {
    return id.endsWith("3") || id.endsWith("7") || id.endsWith("5");
  }

  private static void disturb(Storage<Document> storage, int round) {
    storage.save(doc("id", "new" + round, "session", "s", "text", "t"));
    storage.delete("i00%d3".formatted(round % 4));
    storage.delete("i00%d5".formatted(round % 4));
    storage.save(doc("id", "i00%d7".formatted(round % 4), "session", "s", "text", "t"));
  }

  @Clause
  default void s108_cursorOfADeletedItem() {
    Storage<Document> storage = filled(numberedIds(9));
    Query query = where("session").is("s").limit(3);
    Cursor cursor = storage.page(query).next().orElseThrow();

    storage.delete("i0002");
    assertThat(ids(storage.page(query, cursor).items())).containsExactly("i0003", "i0004", "i0005");
    storage.save(doc("id", "i0001", "session", "s"));
    assertThat(ids(storage.page(query, cursor).items())).containsExactly("i0003", "i0004", "i0005");
  }

  @Clause
  default void s109_cursorsAsText() {
    Storage<Document> storage = filled(List.of("ünï:{}", "b\n", "c c", "d", "e"));
    Query query = where("session").is("s").limit(2);
    String token = storage.page(query).next().orElseThrow().toString();

    assertThat(token).matches("[A-Za-z0-9_-]+");
    for (int i = 0; i < 2; i++) {
      assertThat(ids(storage.page(query, new Cursor(token)).items())).containsExactly("c c", "d");
    }
  }

  @Clause
  default void s110_foreignCursors() {
    Storage<Document> storage = filled(numberedIds(9));
    Storage<Document> other = filled(numberedIds(9));
    Query query = where("session").is("s").limit(3);
    Cursor cursor = storage.page(query).next().orElseThrow();
    String token = cursor.token();

    assertCursorRefused(storage, where("session").is("t").limit(3), cursor);
    assertCursorRefused(storage, where("session").is("s").newestFirst().limit(3), cursor);
    assertCursorRefused(storage, Query.all().limit(3), cursor);
    assertCursorRefused(other, query, cursor);
    assertCursorRefused(storage, query, new Cursor("garbage"));
    assertCursorRefused(storage, query, new Cursor("!{}\n"));
    assertCursorRefused(storage, query, new Cursor(token.substring(0, token.length() / 2)));
    assertCursorRefused(storage, query, new Cursor(token + token));
  }

  private static void assertCursorRefused(Storage<Document> storage, Query query, Cursor cursor) {
    assertThatThrownBy(() -> storage.page(query, cursor))
        .as("%s after %s", query, cursor)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cursor");
  }

  @Clause
  default void s111_pagesOverSeveralValues() {
    Storage<Document> storage = stores().indexed("tags");
    List<String> ids = numberedIds(12);
    for (int i = 0; i < ids.size(); i++) {
      storage.save(doc("id", ids.get(i), "tags", i % 3 == 0 ? List.of("x", "y") : List.of("y")));
    }

    assertThat(pagedIds(storage, where("tags").in(List.of("x", "y")).limit(5))).isEqualTo(ids);
  }

  @Clause
  default void s112_pagesByOrderField() {
    Storage<Document> storage = stores().documents(type -> type.index("session").orderedBy("turn"));
    List<String> ids = numberedIds(25);
    for (int i = 0; i < ids.size(); i++) {
      Object turn = i % 5 == 0 ? null : Integer.valueOf(i % 3);
      storage.save(doc("id", ids.get(i), "session", "s", "turn", turn));
    }

    for (Query query : List.of(where("session").is("s"), Query.all())) {
      assertThat(pagedIds(storage, query.limit(4))).isEqualTo(ids(storage, query.oldestFirst()));
      assertThat(pagedIds(storage, query.limit(4))).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(pagedIds(storage, query.newestFirst().limit(4)))
          .isEqualTo(ids(storage, query.newestFirst()));
    }
  }

  @Clause
  default void s273_cursorsServeWhatMeansTheSame() {
    Storage<Document> storage = filled(numberedIds(9));
    Filter session = Filter.in("session", List.of("s", "t", "u"));
    Filter text = Filter.eq("text", "t");
    Query query = Query.matching(Filter.and(session, text)).limit(3);
    Cursor cursor = storage.page(query).next().orElseThrow();

    for (Filter same :
        List.of(
            Filter.and(text, Filter.in("session", List.of("u", "s", "t", "s"))),
            Filter.and(Filter.in("text", List.of("t")), Filter.and(session), text),
            Filter.not(Filter.not(Filter.and(Filter.or(session), text))))) {
      Query again = Query.matching(same).limit(3);
      assertThatCode(() -> storage.page(again, cursor)).as("%s", same).doesNotThrowAnyException();
      assertThat(storage.page(again, cursor)).as("%s", same).isEqualTo(storage.page(query, cursor));
    }
    assertCursorRefused(storage, Query.matching(Filter.or(session, text)), cursor);
    assertCursorRefused(
        storage, Query.matching(Filter.and(Filter.in("session", List.of("s", "t")), text)), cursor);
  }
}
