package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.KeyPage;
import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.spi.ScanPage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scan of a Cluster, which misses no key although slots move and masters fail meanwhile, and ends
 * although they go on moving.
 *
 * <p>It goes over all masters, and keeps account of the slots whose keys have all been found. At
 * the end those that are left are read one by one ({@link SlotReads}); if a master has many of
 * them, it is scanned again instead. So only what moved is read again.
 *
 * <p><b>Why no key is missed.</b> A slot counts as found by the scan of a master if it was <em>
 * settled</em> there during each step: served by the master, and not being moved. Then each key of
 * it that is there all the time was at the master during each call of {@code SCAN}, which answers
 * every such key: its place in the order of the scan does not depend on whether it was away between
 * two calls. That a slot was settled during a step is told by what the master says of itself right
 * before and after, in one pipeline: it was, if it is at both moments and the master's epoch is the
 * same. For if the slot had been given to another master in between and taken back, taking it back
 * would have given this one the greatest epoch of all. A step at which the epoch changed is
 * repeated. A master that restarts is scanned anew, for its cursors are worthless then; what one
 * that fails had is left, and read where it is now.
 */
final class ClusterScan implements Scan {

  /** A master that has more slots left than this is scanned again as a whole. */
  private static final int MAX_LEFT_OF_A_MASTER = 512;

  private final Topology topology;
  private final Servers servers;
  private final ClusterNodes nodes;
  private final SlotReads slots;

  ClusterScan(Topology topology, Servers servers) {
    this.topology = topology;
    this.servers = servers;
    this.nodes = new ClusterNodes(topology, servers);
    this.slots = new SlotReads(servers, nodes);
  }

  /**
   * One round trip; two more at the begin and at the end of a pass over masters, one for a master
   * without slots; for a part of the slots that are left, two and one for each master of them, or
   * three for a slot that is being moved.
   */
  @Override
  public KeyPage next(String position, byte[] pattern, int count, Deadline deadline) {
    ClusterPass known = position.equals(ScanPage.START) ? null : ClusterPass.read(position);
    return Patience.read(topology, deadline, () -> next(known, pattern, count, deadline));
  }

  private KeyPage next(@Nullable ClusterPass known, byte[] pattern, int count, Deadline deadline) {
    ClusterPass pass = known == null ? ClusterPass.first(nodes.ownership(deadline)) : known;
    List<byte[]> keys = new ArrayList<>();
    if (pass.isOver()) {
      return left(pass, nodes.ownership(deadline), new GlobPattern(pattern), deadline);
    }
    ServerAddress place = nodes.place(pass.current(), deadline);
    pass = place == null ? pass.nextMaster() : step(pass, place, pattern, count, deadline, keys);
    return pass.isOver()
        ? new KeyPage(keys, position(pass, nodes.ownership(deadline)))
        : new KeyPage(keys, pass.write());
  }

  /** Where to go on after a pass; null if all is found. */
  private static @Nullable String position(ClusterPass pass, Ownership now) {
    ClusterPass grown = pass.wanting(now.slots());
    BitSet left = grown.left();
    if (left.isEmpty()) {
      return null;
    }
    return grown.over(now.withMoreThan(MAX_LEFT_OF_A_MASTER, left)).write();
  }

  private KeyPage left(ClusterPass pass, Ownership now, GlobPattern pattern, Deadline deadline) {
    SlotReads.Found found = slots.read(pass.wanting(now.slots()).left(), now, deadline);
    List<byte[]> keys = found.keys().stream().filter(pattern::matches).toList();
    ClusterPass after = pass.withFound(found.slots());
    return found.crowded().isEmpty()
        ? new KeyPage(keys, position(after, now))
        : new KeyPage(keys, after.wanting(now.slots()).over(found.crowded()).write());
  }

  private ClusterPass step(
      ClusterPass pass,
      ServerAddress place,
      byte[] pattern,
      int count,
      Deadline deadline,
      List<byte[]> keys) {
    List<RedisCommand> scan = ScanStep.commands(pass.cursor(), pattern, count);
    List<RedisCommand> commands = new ArrayList<>();
    commands.add(ClusterNodes.COMMAND);
    commands.addAll(scan);
    commands.add(ClusterNodes.COMMAND);
    List<Reply> replies = ServerAnswers.of(servers, List.of(place), commands, deadline).from(place);
    BitSet settled = ClusterNodes.settled(pass.current(), replies.get(0), replies.get(3));
    if (settled == null && !isMaster(pass.current(), replies.get(3))) {
      topology.lookAgain();
      return pass.nextMaster();
    }
    ScanStep step = ScanStep.read(scan, replies.subList(1, 3));
    keys.addAll(step.keys());
    if (step.isOfAnotherRun(pass.run())) {
      return pass.begunAgain(step.run());
    }
    if (settled == null) {
      return pass;
    }
    ClusterPass after = pass.keeping(settled);
    return step.isLast() ? after.nextMasterWithFound() : after.at(step.run(), step.cursor());
  }

  private static boolean isMaster(String id, Reply reply) {
    NodeView node = ClusterNodes.itself(reply);
    return node.isMaster() && node.id().equals(id);
  }
}
