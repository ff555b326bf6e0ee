package io.stowage.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RepeatedReadsTest {

  private int looks;

  private static EntryRef ref(String id, int score) {
    return new EntryRef(id, new Version(score), score);
  }

  private static List<EntryRef> refs(String... ids) {
    return Stream.of(ids).map(id -> ref(id, id.charAt(0))).toList();
  }

  private static List<IndexRead> reads(Direction direction, int limit, int count) {
    List<IndexRead> reads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      IndexRange range = IndexRange.all(IndexTerm.exact("i", "" + i));
      reads.add(new IndexRead(range, direction, null, limit));
    }
    return reads;
  }

  private List<List<EntryRef>> read(List<IndexRead> reads, List<List<List<EntryRef>>> answers) {
    looks = 0;
    Iterator<List<List<EntryRef>>> next = answers.iterator();
    return RepeatedReads.untilNothingNew(
        reads,
        () -> {
          looks++;
          return next.next();
        });
  }

  @Test
  void oneRangeIsReadOnce() {
    List<List<EntryRef>> answer = List.of(refs("a"));
    assertThat(read(reads(Direction.ASCENDING, 9, 1), List.of(answer))).isEqualTo(answer);
    assertThat(looks).isEqualTo(1);
  }

  @Test
  void whatTheFirstLookMissedIsInTheAnswer() {
    List<List<EntryRef>> first = List.of(refs("a", "c"), refs("d"));
    List<List<EntryRef>> second = List.of(refs("a", "b", "c"), refs("d"));

    assertThat(read(reads(Direction.ASCENDING, 9, 2), List.of(first, second, second)))
        .containsExactly(refs("a", "b", "c"), refs("d"));
    assertThat(looks).as("one more after something new").isEqualTo(3);
  }

  @Test
  void aSecondLookThatFindsNoOtherItemEndsIt() {
    List<List<EntryRef>> first = List.of(refs("a"), refs("d"));
    List<List<EntryRef>> second = List.of(List.of(), List.of(ref("a", 1), ref("d", 'd')));

    assertThat(read(reads(Direction.ASCENDING, 9, 2), List.of(first, second)))
        .containsExactly(refs("a"), List.of(ref("a", 1), ref("d", 'd')));
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void orderAndLimitHold() {
    List<List<EntryRef>> first = List.of(refs("d", "b"), refs());
    List<List<EntryRef>> second = List.of(refs("c", "a"), refs());

    assertThat(read(reads(Direction.DESCENDING, 2, 2), List.of(first, second, second)))
        .containsExactly(refs("d", "c"), refs());
  }

  @Test
  void somethingNewAllTheTimeEndsItToo() {
    int[] next = {0};
    List<List<EntryRef>> answer =
        RepeatedReads.untilNothingNew(
            reads(Direction.ASCENDING, 1_000, 2),
            () -> List.of(List.of(ref("i" + next[0]++, 1)), List.of()));

    assertThat(next[0]).isEqualTo(8);
    assertThat(answer.get(0)).hasSize(8);
  }
}
