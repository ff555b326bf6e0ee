package io.stowage.embedded.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starting and stopping several servers at once. */
final class Members {

  private Members() {}

  /** Starts all; if one does not start, none is left running. */
  static List<EmbeddedRedis> start(List<Supplier<EmbeddedRedis>> starts) {
    List<CompletableFuture<EmbeddedRedis>> futures = new ArrayList<>();
    ExecutorService executor = Executors.newFixedThreadPool(starts.size());
    try {
      starts.forEach(start -> futures.add(CompletableFuture.supplyAsync(start, executor)));
    } finally {
      executor.shutdown();
    }
    List<EmbeddedRedis> started = new ArrayList<>();
    RuntimeException problem = null;
    for (CompletableFuture<EmbeddedRedis> future : futures) {
      try {
        started.add(future.join());
      } catch (CompletionException e) {
        problem = merged(problem, e);
      }
    }
    if (problem != null) {
      close(started, problem);
      throw problem;
    }
    return List.copyOf(started);
  }

  /** Closes all because of a problem, which further problems are added to. */
  static void close(List<EmbeddedRedis> members, RuntimeException problem) {
    try {
      close(members);
    } catch (RuntimeException e) {
      problem.addSuppressed(e);
    }
  }

  /** Ends and closes all at once. Nothing is saved, since a group's directories are temporary. */
  static void close(List<EmbeddedRedis> members) {
    List<CompletableFuture<Void>> futures = new ArrayList<>();
    if (members.isEmpty()) {
      return;
    }
    ExecutorService executor = Executors.newFixedThreadPool(members.size());
    try {
      members.forEach(
          member -> futures.add(CompletableFuture.runAsync(member::closeAtOnce, executor)));
    } finally {
      executor.shutdown();
    }
    RuntimeException problem = null;
    for (CompletableFuture<Void> future : futures) {
      try {
        future.join();
      } catch (CompletionException e) {
        problem = merged(problem, e);
      }
    }
    if (problem != null) {
      throw problem;
    }
  }

  private static RuntimeException merged(
      @Nullable RuntimeException first, CompletionException next) {
    RuntimeException cause = next.getCause() instanceof RuntimeException runtime ? runtime : next;
    if (first == null) {
      return cause;
    }
    first.addSuppressed(cause);
    return first;
  }
}
