package io.stowage.embedded.redis;

import java.io.IOException;

/** What {@link ChildJvm} runs. */
final class ChildMain {

  private ChildMain() {}

  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "detect" -> detect();
      case "halt" -> {
        startServers();
        Runtime.getRuntime().halt(3);
      }
      case "exit" -> {
        startServers();
        System.exit(4);
      }
      case "wait" -> startServers();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void detect() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      System.out.println("binary=" + redis.binary());
      System.out.println("version=" + redis.version());
    } catch (EmbeddedRedisException e) {
      System.out.println("error=" + e.getMessage());
    }
  }

  /** One server that serves, one that is frozen, and a process that has nothing to do with them. */
  private static void startServers() throws IOException {
    EmbeddedRedis serving = EmbeddedRedis.builder().binary(RedisBinary.bundled()).start();
    EmbeddedRedis frozen = EmbeddedRedis.builder().binary(RedisBinary.bundled()).start();
    frozen.freeze();
    Process bystander = new ProcessBuilder("sleep", "120").start();
    print(serving);
    print(frozen);
    System.out.println("bystander=" + bystander.pid());
    if (System.in.read() < 0) {
      throw new IOException("The parent is gone");
    }
  }

  private static void print(EmbeddedRedis redis) {
    System.out.println("pid=" + redis.pid());
    System.out.println(
        "watchdog=" + ProcessHandle.of(redis.pid()).orElseThrow().parent().orElseThrow().pid());
    System.out.println("directory=" + redis.dataDirectory());
  }
}
