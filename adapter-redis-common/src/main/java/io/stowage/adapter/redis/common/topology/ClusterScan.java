package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.KeyPage;
import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.spi.ScanPage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scan of a Cluster, which misses no key although slots move and masters fail meanwhile.
 *
 * <p>It goes in passes. The first is over all masters, each further one over those that the pass
 * before left in doubt, until none is. At the begin and the end of a pass every master is asked
 * which slots it serves, with which epoch, and which are being moved; the end of one pass is the
 * begin of the next.
 *
 * <p><b>Why no key is missed.</b> The claim is: at the begin of each pass, a key that was there all
 * the time either has been found or is at a master of the pass. For the first pass this is so
 * because it is over all masters. Take a pass at whose begin the key is at master A. If the key
 * stays at A, A's {@code SCAN} finds it, for {@code SCAN} answers every key that is there from its
 * begin to its end. If it was not found, the key went from A to others, and is at X at the end.
 *
 * <ul>
 *   <li>It went along a move A to X that was known at the begin. Then X is scanned after A, also if
 *       X would not be of the pass otherwise. The key was not met at A, so it left before; it is at
 *       X since, where it is found.
 *   <li>It came to X along a move that began later and goes on: the end shows a move that the begin
 *       does not.
 *   <li>It came to X, and X serves its slot at the end, but not at the begin: the end shows that.
 *   <li>X served its slot at the begin and at the end. If another served it in between, X took it
 *       back, which makes X's epoch the greatest of all: the end shows another epoch. If none did,
 *       a move away from X was given up, and the key came back. A move known at the begin is
 *       missing at the end then. One that began and ended within the pass was seen at X, because
 *       each step of X's scan tells the moves under way there: the key can only be away from X, as
 *       X's scan passes its place, while its slot is being moved.
 * </ul>
 *
 * <p>In the last three cases X is of the next pass. So when a pass leaves no doubt, all keys have
 * been found. The same holds for a master that fails: its replica has the slots that it did not
 * have at the begin. A master that restarts is scanned anew, for its cursors are worthless then.
 */
final class ClusterScan implements Scan {

  private final Topology topology;
  private final Servers servers;
  private final ClusterNodes nodes;

  ClusterScan(Topology topology, Servers servers) {
    this.topology = topology;
    this.servers = servers;
    this.nodes = new ClusterNodes(topology, servers);
  }

  /** One round trip; two more at the begin and at the end of a pass, one for a slotless master. */
  @Override
  public KeyPage next(String position, byte[] pattern, int count, Deadline deadline) {
    ClusterPass known = position.equals(ScanPage.START) ? null : ClusterPass.read(position);
    return Patience.read(topology, deadline, () -> next(known, pattern, count, deadline));
  }

  private KeyPage next(@Nullable ClusterPass known, byte[] pattern, int count, Deadline deadline) {
    ClusterPass pass = known == null ? first(deadline) : known;
    List<byte[]> keys = new ArrayList<>();
    ServerAddress place = nodes.place(pass.current(), deadline);
    pass = place == null ? skipped(pass) : step(pass, place, pattern, count, deadline, keys);
    if (!pass.isOver()) {
      return new KeyPage(keys, pass.write());
    }
    Ownership end = nodes.ownership(deadline);
    Set<String> doubtful = new HashSet<>(pass.again());
    doubtful.retainAll(end.owners().keySet());
    doubtful.addAll(end.gainedSince(pass.begin()));
    return new KeyPage(keys, doubtful.isEmpty() ? null : ClusterPass.over(doubtful, end).write());
  }

  private ClusterPass first(Deadline deadline) {
    Ownership begin = nodes.ownership(deadline);
    return ClusterPass.over(begin.owners().keySet(), begin);
  }

  /** A node that serves nothing any more: whoever does is seen at the end of the pass. */
  private static ClusterPass skipped(ClusterPass pass) {
    return pass.needing(List.of(pass.current())).nextMaster();
  }

  private ClusterPass step(
      ClusterPass pass,
      ServerAddress place,
      byte[] pattern,
      int count,
      Deadline deadline,
      List<byte[]> keys) {
    List<RedisCommand> commands = new ArrayList<>(ScanStep.commands(pass.cursor(), pattern, count));
    commands.add(ClusterNodes.COMMAND);
    List<Reply> replies = ServerAnswers.of(servers, List.of(place), commands, deadline).from(place);
    NodeView node = ClusterNodes.itself(replies.get(2));
    if (!node.id().equals(pass.current()) || !node.isMaster()) {
      topology.lookAgain();
      return skipped(pass);
    }
    ScanStep step = ScanStep.read(commands, replies);
    keys.addAll(step.keys());
    ClusterPass after = pass.needing(unknownMoves(pass, node));
    if (step.isOfAnotherRun(pass.run())) {
      return after.at(step.run(), ScanStep.BEGIN);
    }
    return step.isLast() ? after.nextMaster() : after.at(step.run(), step.cursor());
  }

  private static Set<String> unknownMoves(ClusterPass pass, NodeView node) {
    Set<String> concerned = new HashSet<>();
    for (SlotMove move : node.moves()) {
      if (!pass.begin().moves().contains(move)) {
        concerned.add(move.from());
        concerned.add(move.to());
      }
    }
    return concerned;
  }
}
