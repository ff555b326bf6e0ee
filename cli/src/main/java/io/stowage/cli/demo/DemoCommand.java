package io.stowage.cli.demo;

import io.stowage.cli.command.AdapterName;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ExitCode;
import io.stowage.cli.terminal.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows a newcomer what a store does. */
@Command(
    name = "demo",
    description =
        "A tour on a Redis of its own, which it starts, kills and takes away again; touches no other"
            + " data.")
public final class DemoCommand implements Callable<Integer> {

  private final Environment environment;

  @Option(
      names = "--adapter",
      converter = AdapterName.Converter.class,
      paramLabel = "NAME",
      description = "redis-lettuce (default), redis-jedis, or memory.")
  private AdapterName adapter = AdapterName.REDIS_LETTUCE;

  public DemoCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Output output = new Output(environment)) {
      long begin = System.nanoTime();
      try (Stage stage =
          adapter == AdapterName.MEMORY ? Stage.inMemory() : Stage.onRedis(adapter.toString())) {
        new Tour(stage, new Narrator(output, stage), begin).run();
      }
    }
    return ExitCode.OK;
  }
}
