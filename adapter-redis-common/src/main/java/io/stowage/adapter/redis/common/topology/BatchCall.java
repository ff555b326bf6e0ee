package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.RedisConnection.Confirmed;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.api.Durability;
import io.stowage.spi.AdapterException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way. It goes out in waves: in each, one pipeline to every server concerned, all
 * sent before the first is awaited. The next wave has the commands that a server certainly did not
 * apply and another server, or the same a moment later, may. A command whose answer was lost ends
 * the call.
 *
 * <p>Commands on one key keep their order: they go the same way in a wave, and one that was refused
 * is not sent again once a later one on its key was applied.
 */
final class BatchCall {

  /** Redirections that are followed without a pause: to the new master, and to where it sends. */
  private static final int SWIFT_WAVES = 3;

  private final Topology topology;
  private final Servers servers;
  private final Durability durability;
  private final Deadline deadline;
  private final List<Errand> all = new ArrayList<>();
  private final @Nullable Reply[] replies;
  private @Nullable AdapterException unsent;
  private int confirmedBy = Integer.MAX_VALUE;

  BatchCall(
      Topology topology,
      Servers servers,
      List<RedisCommand> batch,
      Durability durability,
      Deadline deadline) {
    this.topology = topology;
    this.servers = servers;
    this.durability = durability;
    this.deadline = deadline;
    this.replies = new Reply[batch.size()];
    for (int i = 0; i < batch.size(); i++) {
      all.add(new Errand(i, batch.get(i), null, false));
    }
  }

  /** Runs the call; see {@link io.stowage.adapter.redis.common.RedisConnection#execute(List)}. */
  Confirmed run() {
    List<Errand> due = all;
    for (int wave = 0; ; wave++) {
      due = wave(due, wave);
      if (due.isEmpty() || !topology.mayChange() || !pauseBeforeNext(due, wave)) {
        return answer();
      }
    }
  }

  /** Sends and awaits once. Answers what is to be sent again. */
  private List<Errand> wave(List<Errand> due, int wave) {
    List<Errand> again = new ArrayList<>();
    Collection<Parcel> parcels = parcels(due, wave, again);
    Exchange.of(parcels, servers::master, durability, deadline)
        .forEach(
            (parcel, replied) -> {
              if (parcel.failure() == null) {
                again.addAll(take(parcel, replied));
              }
            });
    for (Parcel parcel : parcels) {
      AdapterException failure = parcel.failure();
      if (failure != null) {
        topology.suspect(parcel.server());
        checkForAnother(parcel, failure);
        unsent = failure;
        again.addAll(parcel.errands().stream().map(Errand::lookedUp).toList());
      }
    }
    return again.isEmpty() ? again : KeyOrder.oneWayForEachKey(again);
  }

  /**
   * By server, in the order of their addresses: threads that need connections to several servers
   * take them in the same order, so that none waits for another in a circle.
   */
  private Collection<Parcel> parcels(List<Errand> due, int wave, List<Errand> again) {
    Shards shards = topology.shards();
    Map<ServerAddress, Parcel> parcels = new TreeMap<>();
    for (Errand errand : due) {
      ServerAddress server = errand.to() == null ? route(shards, errand, wave) : errand.to();
      if (server == null) {
        topology.lookAgain();
        unsent =
            AdapterException.unavailable(
                "no server of the Cluster is known to serve " + errand.command(), null);
        again.add(errand);
      } else {
        parcels.computeIfAbsent(server, Parcel::new).add(errand);
      }
    }
    return parcels.values();
  }

  private static @Nullable ServerAddress route(Shards shards, Errand errand, int wave) {
    byte[] key = errand.command().key();
    Shard shard = key == null ? shards.any(wave) : shards.serving(key);
    return shard == null ? null : shard.master();
  }

  /** Throws if an answer was lost, or if no other try would get a connection. */
  private void checkForAnother(Parcel parcel, AdapterException failure) {
    if (parcel.wasSent()) {
      throw failure;
    }
    if (!failure.isTransient()) {
      boolean anyApplied = Arrays.stream(replies).anyMatch(BatchCall::isApplied);
      throw anyApplied ? failure.afterAnotherPart() : failure;
    }
  }

  private static boolean isApplied(@Nullable Reply reply) {
    return reply != null && !(reply instanceof Reply.Failure);
  }

  /** Keeps the answers of one server. Answers what is to be sent again. */
  private List<Errand> take(Parcel parcel, List<Reply> answers) {
    List<Errand> errands = parcel.errands();
    List<@Nullable Redirection> redirections = new ArrayList<>(errands.size());
    boolean anyRedirected = false;
    boolean anyApplied = false;
    for (int i = 0; i < errands.size(); i++) {
      Reply reply = answers.get(i);
      Redirection redirection =
          topology.mayChange() ? Redirection.of(reply, parcel.server()) : null;
      redirections.add(redirection);
      replies[errands.get(i).index()] = redirection == null ? reply : passing(reply);
      anyApplied |= redirection == null && isApplied(reply);
      if (redirection != null) {
        anyRedirected = true;
        tell(redirection);
      }
    }
    if (anyApplied && durability.isConfirmed()) {
      confirmedBy = Math.min(confirmedBy, confirmations(answers.get(errands.size())));
    }
    return anyRedirected ? KeyOrder.again(errands, answers, redirections) : List.of();
  }

  /** The error as one that passes, which a redirection that could not be followed is. */
  private static Reply passing(Reply error) {
    String text = ((Reply.Failure) error).text();
    return ReplyErrors.passesSoon(text) ? error : new Reply.Failure("TRYAGAIN after " + text);
  }

  private void tell(Redirection redirection) {
    if (redirection instanceof Redirection.Moved moved) {
      topology.moved(moved.slot(), moved.to());
    } else if (redirection instanceof Redirection.Later) {
      topology.lookAgain();
    }
  }

  private static int confirmations(Reply wait) {
    if (wait instanceof Reply.Int replicas) {
      return (int) Math.min(replicas.value(), Integer.MAX_VALUE);
    }
    if (wait instanceof Reply.Failure error && !ReplyErrors.passesSoon(error.text())) {
      throw AdapterException.partlyRefused(
          "Redis refused WAIT, after the writes before it: " + error.text(), null);
    }
    return 0;
  }

  /** Whether there is time for another wave; waits until it is due. */
  private boolean pauseBeforeNext(List<Errand> due, int wave) {
    if (wave < SWIFT_WAVES && due.stream().allMatch(errand -> errand.to() != null)) {
      return deadline.allowsAnother(0);
    }
    return Pause.before(wave, deadline);
  }

  /** The answers; an error that passes for each command that could not be sent. */
  private Confirmed answer() {
    AdapterException failure = unsent;
    if (failure != null && Arrays.stream(replies).allMatch(Objects::isNull)) {
      throw failure;
    }
    List<Reply> complete = new ArrayList<>(replies.length);
    for (Reply reply : replies) {
      complete.add(reply == null ? ReplyErrors.notSent(failure) : reply);
    }
    return new Confirmed(complete, confirmedBy == Integer.MAX_VALUE ? 0 : confirmedBy);
  }
}
