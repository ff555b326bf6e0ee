package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tour, which fails by itself if the store does not do what it tells. */
@Tag("server")
class DemoCommandTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void tourOnRedis(String adapter) {
    CommandRun run = CommandRun.Setting.in(directory).run("demo", "--adapter", adapter);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("the adapter is " + adapter)
        .contains("= 200 messages stored")
        .contains("= 8 messages; the first says")
        .contains("= 3 messages; the first says")
        .contains("= VERSION_CONFLICT")
        .contains("index keys in Redis: [stowage:notices:idx:session_id:s-07")
        .contains("= 0 items")
        .contains("index keys in Redis: none")
        .contains("= StorageException after")
        .contains("transient: yes")
        .contains("= 200 of 200 messages are there")
        .containsPattern("\\d+\\.\\d ms, 2 Redis commands: 1 mget, 1 zrange")
        .contains("That was the tour");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void tourInMemory() {
    CommandRun run = CommandRun.Setting.in(directory).run("demo", "--adapter", "memory");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("= 200 messages stored")
        .contains("= VERSION_CONFLICT")
        .contains("= 0 items")
        .contains("not applicable: the data is in this process's memory")
        .contains("no Redis commands: all in memory")
        .contains("That was the tour");
  }
}
