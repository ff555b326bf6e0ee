package io.stowage.adapter.redis.common;

/**
 * The scripts. All but one touch one key and make at most one change, so an error means that
 * nothing was changed; for {@link #ATOMIC} its own text says why. They read the record's value up
 * to one byte more than what is answered at most, which costs less than a second call for the
 * header alone. Versions are compared as two unsigned halves of 32 bits, because Lua's numbers are
 * exact up to 53 bits, and its order of strings depends on the server's locale.
 */
final class Scripts {

  /** How many bytes of replaced and removed values {@link #ATOMIC} answers, all together. */
  static final int MAX_ANSWERED_BYTES = 1 << 20;

  /** The version in the beginning of a record's value; empty if there is no record. */
  private static final String VERSION_OF =
      """
      local function versionOf(old)
        if old == '' then
          return ''
        end
        if #old >= 9 and string.byte(old) == 181 then
          return string.sub(old, 2, 9)
        end
        return '\\0\\0\\0\\0\\0\\0\\0\\0'
      end
      """;

  /** The ordinal of the status of a commit that meets a record of the version stored. */
  private static final String STATUS_OF_COMMIT =
      """
      local function statusOfCommit(record, required, newUntil, expiry, moment, stored, now)
        if required ~= '' then
          if required == '-' then
            if stored ~= '' then return 1 end
          elseif required ~= stored then
            return 1
          end
        end
        if expiry == 'PXAT' and moment * 1000 <= now then return 2 end
        if now > tonumber(newUntil) then return 3 end
        if stored ~= '' then
          local high, low = struct.unpack('>I4I4', record, 2)
          local oldHigh, oldLow = struct.unpack('>I4I4', stored)
          if high < oldHigh or (high == oldHigh and low <= oldLow) then return 4 end
        end
        return 0
      end
      """;

  /** What {@code SET} is to do about the expiry: to extend it is to keep it or to set it anew. */
  private static final String EXPIRY_OF =
      """
      local function expiryOf(key, expiry, millis)
        if expiry ~= 'EXTEND' then
          return expiry
        end
        if redis.call('PTTL', key) < tonumber(millis) then
          return 'PX'
        end
        return 'KEEPTTL'
      end
      """;

  /** Puts a value in its place; an expiry of nothing clears the one that is there. */
  private static final String PUT =
      """
      local function put(key, value, expiry, millis)
        if expiry == 'KEEPTTL' then
          redis.call('SET', key, value, expiry)
        elseif expiry and expiry ~= '' then
          redis.call('SET', key, value, expiry, millis)
        else
          redis.call('SET', key, value)
        end
      end
      """;

  /**
   * Stores a record. Arguments: the value; the precondition (empty, {@code -} for absent, or the
   * version); the server's time in microseconds up to which the version is new enough; and if the
   * record expires {@code PX} or {@code PXAT} and milliseconds, or {@code KEEPTTL} for the expiry
   * that it has, or {@code EXTEND} and milliseconds for the later of that and {@code PX}. Answers
   * the ordinal of the status, the server's time in seconds and microseconds, the version found (or
   * empty) and the value replaced.
   */
  static final Script COMMIT =
      new Script(
          VERSION_OF
              + STATUS_OF_COMMIT
              + EXPIRY_OF
              + PUT
              + """
              local old = redis.call('GETRANGE', KEYS[1], 0, 65549)
              local stored = versionOf(old)
              local time = redis.call('TIME')
              local status = statusOfCommit(
                ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], stored,
                time[1] * 1000000 + time[2])
              if status ~= 0 then
                return {status, time[1], time[2], stored}
              end
              put(KEYS[1], ARGV[1], expiryOf(KEYS[1], ARGV[4], ARGV[5]), ARGV[5])
              if old == '' or #old > 65549 then
                return {0, time[1], time[2], stored}
              end
              return {0, time[1], time[2], stored, old}
              """,
          Commits::isApplied);

  /**
   * Removes a record. Argument: the version that it must have, or empty. Answers the version
   * removed and the value, or nothing.
   */
  static final Script REMOVE =
      new Script(
          VERSION_OF
              + """
              local old = redis.call('GETRANGE', KEYS[1], 0, 65549)
              local stored = versionOf(old)
              if old == '' or (ARGV[1] ~= '' and ARGV[1] ~= stored) then
                return false
              end
              redis.call('DEL', KEYS[1])
              if #old > 65549 then
                return {stored}
              end
              return {stored, old}
              """,
          reply -> reply instanceof Reply.Array);

  /**
   * Stores and removes several records, all or none. Each has five arguments. A record to store:
   * the value, the precondition, the time up to which the version is new enough, what of the expiry
   * or nothing, and milliseconds or nothing; all as for {@link #COMMIT}. One to remove: nothing,
   * the version that it must have or nothing, and three times nothing. Answers 1 if all was
   * applied, else 0; the server's time in seconds and microseconds; and for each record the ordinal
   * of the status, the version found (or empty), and if all was applied its value, as long as there
   * is room for it.
   *
   * <p>Why an error means that nothing was changed: every key is read before the first change, so
   * one of a wrong type is met then. A server that may not write now, or has no memory, refuses the
   * first write of a script or none. A user without a right to write all keys is refused before the
   * script runs, as they are all named; one that may not use {@code SET} at all fails at a {@code
   * SET} that changes nothing, and one that may not use {@code DEL} at the first {@code DEL}, which
   * comes before all that changes something.
   */
  static final Script ATOMIC =
      new Script(
          VERSION_OF
              + STATUS_OF_COMMIT
              + EXPIRY_OF
              + PUT
              + """
              local time = redis.call('TIME')
              local now = time[1] * 1000000 + time[2]
              local answers, expiries, refused, anyCommit = {}, {}, false, nil
              for i = 1, #KEYS do
                local at = i * 5 - 4
                local stored = versionOf(redis.call('GETRANGE', KEYS[i], 0, 8))
                local status = 0
                if ARGV[at] ~= '' then
                  anyCommit = i
                  status = statusOfCommit(
                    ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4], stored, now)
                  expiries[i] = expiryOf(KEYS[i], ARGV[at + 3], ARGV[at + 4])
                elseif ARGV[at + 1] ~= '' and ARGV[at + 1] ~= stored then
                  status = 1
                end
                refused = refused or status ~= 0
                answers[i] = {status, stored}
              end
              if refused then
                return {0, time[1], time[2], answers}
              end
              if anyCommit then
                if answers[anyCommit][2] == '' then
                  redis.call('SET', KEYS[anyCommit], '', 'XX', 'KEEPTTL')
                else
                  redis.call('SET', KEYS[anyCommit], '', 'NX')
                end
              end
              local room = %d
              for i = 1, #KEYS do
                if room <= 0 then break end
                if answers[i][2] ~= '' then
                  local old = redis.call('GETRANGE', KEYS[i], 0, 65549)
                  room = room - #old
                  if room >= 0 and #old <= 65549 then
                    answers[i][3] = old
                  end
                end
              end
              for i = 1, #KEYS do
                if ARGV[i * 5 - 4] == '' and answers[i][2] ~= '' then
                  redis.call('DEL', KEYS[i])
                end
              end
              for i = 1, #KEYS do
                local at = i * 5 - 4
                if ARGV[at] ~= '' then
                  put(KEYS[i], ARGV[at], expiries[i], ARGV[at + 4])
                end
              end
              return {1, time[1], time[2], answers}
              """
                  .formatted(MAX_ANSWERED_BYTES),
          reply -> Replies.integer(Replies.array(reply).get(0)) == 1);

  /**
   * Changes the expiry of a record. Arguments: the version that it must have, or empty; the
   * command, {@code KEEPTTL} for none, or {@code EXTEND} for {@code PEXPIRE} if that is later; its
   * argument, if it has one. Answers 1, or 0 if there is no such record.
   */
  static final Script TOUCH =
      new Script(
          VERSION_OF
              + """
              local stored = versionOf(redis.call('GETRANGE', KEYS[1], 0, 8))
              if stored == '' or (ARGV[1] ~= '' and ARGV[1] ~= stored) then
                return 0
              end
              if ARGV[2] == 'EXTEND' then
                if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then
                  redis.call('PEXPIRE', KEYS[1], ARGV[3])
                end
              elseif ARGV[3] then
                redis.call(ARGV[2], KEYS[1], ARGV[3])
              elseif ARGV[2] ~= 'KEEPTTL' then
                redis.call(ARGV[2], KEYS[1])
              end
              return 1
              """,
          Scripts::isOne);

  /**
   * Puts another value in the place of one of the same version. Arguments: the version, the value.
   * Answers 1, or 0 if there is no such record.
   */
  static final Script REPACK =
      new Script(
          VERSION_OF
              + """
              if versionOf(redis.call('GETRANGE', KEYS[1], 0, 8)) ~= ARGV[1] then
                return 0
              end
              redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
              return 1
              """,
          Scripts::isOne);

  /** Stores a text if the key is absent. Answers the text that is stored then. */
  static final Script DEFINE =
      new Script(
          """
          if redis.call('SET', KEYS[1], ARGV[1], 'NX') then
            return ARGV[1]
          end
          return redis.call('GET', KEYS[1])
          """,
          reply -> true);

  /**
   * Stores a value if the key is absent, else the present one once more, so that replicas that
   * confirm this have it. Argument: the value. Answers 1, or 0 if there was one.
   */
  static final Script ADD_OR_WRITE_AGAIN =
      new Script(
          """
          local present = redis.call('GET', KEYS[1])
          redis.call('SET', KEYS[1], present or ARGV[1])
          return present and 0 or 1
          """,
          reply -> true);

  /** Stores a text in the place of an expected one. Answers 1, or 0 if another is stored. */
  static final Script REDEFINE =
      new Script(
          """
          if redis.call('GET', KEYS[1]) ~= ARGV[1] then
            return 0
          end
          redis.call('SET', KEYS[1], ARGV[2])
          return 1
          """,
          Scripts::isOne);

  /**
   * Takes or extends a lease. Arguments: the holder; for how many milliseconds. Answers 1, or 0 if
   * another holder has it.
   */
  static final Script ACQUIRE =
      new Script(
          """
          local holder = redis.call('GET', KEYS[1])
          if holder and holder ~= ARGV[1] then
            return 0
          end
          redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
          return 1
          """,
          Scripts::isOne);

  /** Gives a lease back. Argument: the holder. Answers 1, or 0 if it does not have the lease. */
  static final Script RELEASE =
      new Script(
          """
          if redis.call('GET', KEYS[1]) ~= ARGV[1] then
            return 0
          end
          redis.call('DEL', KEYS[1])
          return 1
          """,
          Scripts::isOne);

  /**
   * Reads parts of sorted sets, all as of one moment. Arguments: how many entries at most, all
   * together; then seven for each key: the least and the greatest score, how many entries, {@code
   * REV} for the reverse order or nothing, the member behind which to begin and its score or twice
   * nothing, and the digest of an answer that is known already or nothing. A part that begins
   * behind a member is not bounded by the scores. Answers the members and scores of each part, and
   * nothing for a part that is as known; nothing at all if there are too many.
   *
   * <p>The place behind a member is found among those of its score by halving, whether or not the
   * member is there. Members are compared byte by byte, as the server orders them.
   */
  static final Script READ_ALL =
      new Script(
          """
          local function isBefore(a, b)
            for i = 1, math.min(#a, #b) do
              local x, y = string.byte(a, i), string.byte(b, i)
              if x ~= y then return x < y end
            end
            return #a < #b
          end
          local function memberAt(key, rank)
            return redis.call('ZRANGE', key, rank, rank)[1]
          end
          local function firstBehind(key, member, score)
            local low = redis.call('ZCOUNT', key, '-inf', '(' .. score)
            local ends = low + redis.call('ZCOUNT', key, score, score)
            local high = ends
            while low < high do
              local middle = math.floor((low + high) / 2)
              if isBefore(memberAt(key, middle), member) then
                low = middle + 1
              else
                high = middle
              end
            end
            return low, low < ends and memberAt(key, low) == member
          end
          local function behind(key, count, rev, member, score)
            local rank, isThere = firstBehind(key, member, score)
            if rev == 'REV' then
              local first = redis.call('ZCARD', key) - rank
              return redis.call(
                'ZRANGE', key, first, first + count - 1, 'REV', 'WITHSCORES')
            end
            local first = isThere and rank + 1 or rank
            return redis.call('ZRANGE', key, first, first + count - 1, 'WITHSCORES')
          end
          local function within(key, min, max, count, rev)
            if rev == 'REV' then
              return redis.call(
                'ZRANGE', key, max, min, 'BYSCORE', 'REV', 'LIMIT', 0, count, 'WITHSCORES')
            end
            return redis.call(
              'ZRANGE', key, min, max, 'BYSCORE', 'LIMIT', 0, count, 'WITHSCORES')
          end
          local left = tonumber(ARGV[1])
          local parts = {}
          for i, key in ipairs(KEYS) do
            local at = i * 7 - 5
            local count, rev = ARGV[at + 2], ARGV[at + 3]
            local part
            if ARGV[at + 4] == '' then
              part = within(key, ARGV[at], ARGV[at + 1], count, rev)
            else
              part = behind(key, count, rev, ARGV[at + 4], ARGV[at + 5])
            end
            left = left - #part / 2
            if left < 0 then
              return false
            end
            local known = ARGV[at + 6]
            if known ~= '' and redis.sha1hex(table.concat(part)) == known then
              part = false
            end
            parts[i] = part
          end
          return parts
          """,
          reply -> false);

  private Scripts() {}

  private static boolean isOne(Reply reply) {
    return Replies.integer(reply) == 1;
  }
}
