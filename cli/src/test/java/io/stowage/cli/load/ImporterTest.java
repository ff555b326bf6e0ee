package io.stowage.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImporterTest {

  /** The documents of each call that saved some. */
  private final List<List<Document>> saved = Collections.synchronizedList(new ArrayList<>());

  @SuppressWarnings("unchecked")
  private Storage<Document> watched(Storage<Document> right) {
    return (Storage<Document>)
        Proxy.newProxyInstance(
            ImporterTest.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("saveAll")) {
                saved.add(List.copyOf((Collection<Document>) arguments[0]));
              }
              try {
                return method.invoke(right, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private long load(String lines) throws IOException {
    try (StoragePlatform platform = StoragePlatform.open("memory:")) {
      Storage<Document> storage = platform.documents("items");
      BadLines badLines = BadLines.stopping(new PrintWriter(new StringWriter()));
      LineReader reader =
          new LineReader(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
      new Importer(
              new DocumentReader(reader, badLines),
              new BatchSaver(
                  () -> watched(storage), opened -> new MissingPlaces(Optional.empty()), badLines),
              () -> {})
          .run();
      return storage.count(Query.all());
    }
  }

  private static String line(int id, int length) {
    return "{\"id\":\"%d\",\"text\":\"%s\"}%n".formatted(id, "x".repeat(length));
  }

  private static long length(List<Document> batch) {
    return batch.stream().mapToLong(it -> String.valueOf(it.get("text")).length()).sum();
  }

  @Test
  void batchesOfLargeItemsAreBoundedByBytes() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      lines.append(line(i, 280_000));
    }

    assertThat(load(lines.toString())).isEqualTo(60);

    assertThat(saved).allMatch(batch -> length(batch) <= Batch.MAX_BYTES + 280_000);
    assertThat(saved).hasSizeLessThan(6).flatMap(batch -> batch).hasSize(60);
  }

  @Test
  void batchesOfSmallItemsAreBoundedByCount() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1_200; i++) {
      lines.append(line(i, 10));
    }

    assertThat(load(lines.toString())).isEqualTo(1_200);

    assertThat(saved).extracting(List::size).containsExactly(500, 500, 200);
  }

  @Test
  void anItemLargerThanABatchIsSavedByItself() throws IOException {
    assertThat(load(line(1, 10) + line(2, 2 * Batch.MAX_BYTES) + line(3, 10))).isEqualTo(3);

    assertThat(saved).extracting(List::size).containsExactly(2, 1);
  }
}
