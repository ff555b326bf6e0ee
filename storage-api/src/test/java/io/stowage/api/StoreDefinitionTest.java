package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.StoreDefinition.IndexDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreDefinitionTest {

  private static final IndexDefinition A = new IndexDefinition("a", IndexKind.EXACT);
  private static final IndexDefinition A_RANGE = new IndexDefinition("a", IndexKind.RANGE);
  private static final IndexDefinition B = new IndexDefinition("b", IndexKind.EXACT);
  private static final IndexDefinition C = new IndexDefinition("c", IndexKind.EXACT);

  private static StoreDefinition settled(IndexDefinition... indexes) {
    return new StoreDefinition("json", List.of(indexes), null);
  }

  private static StoreDefinition changing(
      List<IndexDefinition> ready, List<IndexDefinition> building, List<IndexDefinition> dropping) {
    return new StoreDefinition("json", ready, null, building, dropping);
  }

  @Test
  void onlyADefinitionWithBuildingOrDroppingIndexesIsChanging() {
    assertThat(settled(A).isChanging()).isFalse();
    assertThat(changing(List.of(A), List.of(B), List.of()).isChanging()).isTrue();
    assertThat(changing(List.of(A), List.of(), List.of(B)).isChanging()).isTrue();
  }

  @Test
  void whileIndexesChangeOldAndNewProgramsFit() {
    StoreDefinition stored = changing(List.of(A), List.of(B), List.of(C));

    assertThat(stored.differences(settled(A))).isEmpty();
    assertThat(stored.differences(settled(A, B))).isEmpty();
    assertThat(stored.differences(settled(A, C))).isEmpty();
    assertThat(stored.differences(settled(A, B, C))).isEmpty();
    assertThat(stored.differences(settled(B)))
        .containsExactly("stored exact index 'a' is not requested");
    assertThat(stored.differences(settled(A, A_RANGE)))
        .containsExactly("requested range index 'a' is not stored");
  }

  @Test
  void anIndexMayBeMissingWhereAnotherOfItsNameIsBeingBuilt() {
    StoreDefinition stored = changing(List.of(A), List.of(A_RANGE), List.of());

    assertThat(stored.differences(settled(A_RANGE))).isEmpty();
    assertThat(stored.differences(settled(A))).isEmpty();
    assertThat(stored.differences(settled()))
        .containsExactly("stored exact index 'a' is not requested");
  }
}
