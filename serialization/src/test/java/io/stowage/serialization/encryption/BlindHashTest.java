package io.stowage.serialization.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Outcome;
import io.stowage.serialization.support.MapBlobs;
import io.stowage.spi.AdapterException;
import io.stowage.spi.SerializationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Hashes of blind indexes: the same for whoever has the keys, and for nobody else. */
class BlindHashTest {

  private final Keys keys = Keys.ofOne();
  private final MapBlobs stored = new MapBlobs();
  private final AtomicBoolean hasHashes = new AtomicBoolean();

  private BlindHash hash() {
    return hash("s", stored);
  }

  private BlindHash hash(String store, MapBlobs blobs) {
    return new BlindHash(
        store, new SealedBlobs(store, blobs, StoreCipher.open(keys)), hasHashes::get);
  }

  @Test
  void everyInstanceHashesTheSame() {
    String first = hash().of("mail", "a@example.org");

    assertThat(first).matches("[A-Za-z0-9_-]{43}");
    assertThat(hash().of("mail", "a@example.org")).isEqualTo(first);
  }

  @Test
  void hashesOutliveTheirKeys() {
    String first = hash().of("mail", "a@example.org");
    keys.rotate();
    BlindHash rotated = hash();
    rotated.reseal();
    keys.forgetOthers();

    assertThat(rotated.of("mail", "a@example.org")).isEqualTo(first);
    assertThat(hash().of("mail", "a@example.org")).isEqualTo(first);
  }

  @Test
  void hashesDifferByIndexValueAndStore() {
    BlindHash hash = hash();
    Set<String> all = new HashSet<>();
    List<String> texts = List.of("", "a", "b", "ab", "\u0000", "\u0000a", "\ud800", "\ud801", "?");
    for (String index : List.of("a", "b", "ab")) {
      for (String text : texts) {
        all.add(hash.of(index, text));
      }
    }
    all.add(hash("t", new MapBlobs()).of("a", "a"));

    assertThat(all).hasSize(3 * texts.size() + 1);
  }

  @Test
  void aPlantedSecretIsRefused() {
    new SealedBlobs("s", stored, null).add("blind", new byte[32]);

    assertThatThrownBy(() -> hash().of("mail", "a@example.org"))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("blob 'blind' of store 's' is not encrypted");
    assertThatThrownBy(() -> hash().reseal())
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("blob 'blind' of store 's' is not encrypted");
  }

  @Test
  void aSecretOfAnotherStoreOrLengthIsRefused() {
    MapBlobs others = new MapBlobs();
    hash("t", others).of("mail", "a@example.org");
    stored.put("blind", others.read("blind").orElseThrow());
    assertThatThrownBy(() -> hash().of("mail", "a@example.org"))
        .isInstanceOf(SerializationException.class);

    stored.remove("blind");
    new SealedBlobs("s", stored, StoreCipher.open(keys)).add("blind", new byte[31]);
    assertThatThrownBy(() -> hash().of("mail", "a@example.org"))
        .isInstanceOf(SerializationException.class)
        .hasMessage("the secret of the blind indexes of store 's' is gone or damaged");
  }

  @Test
  void noSecretIsMadeWhereThereAreHashesOfAnother() {
    String first = hash().of("mail", "a@example.org");
    hasHashes.set(true);
    assertThat(hash().of("mail", "a@example.org")).as("it is there").isEqualTo(first);
    stored.remove("blind");

    assertThatThrownBy(() -> hash().of("mail", "a@example.org"))
        .isInstanceOfSatisfying(
            AdapterException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(e.isTransient()).isFalse();
            })
        .hasMessageContaining("secret of the blind indexes of store 's' is gone");
    assertThat(stored.read("blind")).isEmpty();
  }

  @Test
  void whoKnowsALostSecretPutsItBack() {
    BlindHash knowing = hash();
    String first = knowing.of("mail", "a@example.org");
    hasHashes.set(true);
    stored.remove("blind");

    knowing.restore();

    assertThat(hash().of("mail", "a@example.org")).isEqualTo(first);
  }

  @Test
  void anotherSecretIsTakenUpByThoseWhoKnowTheOneBefore() {
    BlindHash knowing = hash();
    String first = knowing.of("mail", "a@example.org");
    stored.remove("blind");
    String second = hash().of("mail", "a@example.org");
    assertThat(second).isNotEqualTo(first);
    int before = knowing.secrets();

    knowing.restore();

    assertThat(knowing.of("mail", "a@example.org")).isEqualTo(second);
    assertThat(knowing.secrets()).isEqualTo(before + 1);
  }

  @Test
  void aSecretThatWasPlantedMeanwhileIsRefused() {
    BlindHash knowing = hash();
    knowing.of("mail", "a@example.org");
    stored.remove("blind");
    new SealedBlobs("s", stored, null).add("blind", new byte[32]);

    assertThatThrownBy(knowing::restore)
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("not encrypted");
  }

  @Test
  void aSecretIsConfirmedAndAnotherOneIsNot() {
    BlindHash knowing = hash();
    String first = knowing.of("mail", "a@example.org");

    knowing.confirm(stored);
    stored.remove("blind");
    knowing.confirm(stored);
    assertThat(hash().of("mail", "a@example.org")).isEqualTo(first);
    stored.remove("blind");
    hash().of("mail", "a@example.org");
    assertThatThrownBy(() -> knowing.confirm(stored))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("replaced");
  }

  @Test
  void keysAreNeeded() {
    SealedBlobs plain = new SealedBlobs("s", stored, null);

    assertThatThrownBy(() -> new BlindHash("s", plain, hasHashes::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "store 's' has a blind index but no keys; give them with StoreOptions.encryption");
  }

  @Test
  void threadsOfSeveralInstancesHashTheSame() throws Exception {
    int threads = 8;
    List<BlindHash> instances = List.of(hash(), hash());
    List<Callable<List<String>>> calls = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      BlindHash hash = instances.get(thread % instances.size());
      calls.add(
          () -> {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
              all.add(hash.of("n", "value " + i));
            }
            return all;
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Set<List<String>> answers = new HashSet<>();
      for (Future<List<String>> answer : pool.invokeAll(calls)) {
        answers.add(answer.get());
      }
      assertThat(answers).hasSize(1);
      assertThat(new HashSet<>(answers.iterator().next())).hasSize(2000);
    } finally {
      pool.shutdownNow();
    }
  }
}
