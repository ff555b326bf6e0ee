package io.stowage.adapter.redis.common;

/**
 * The scripts. Each touches one key and makes at most one change, so an error means that nothing
 * was changed. They read the record's value up to one byte more than what is answered at most,
 * which costs less than a second call for the header alone. Versions are compared as two unsigned
 * halves of 32 bits, because Lua's numbers are exact up to 53 bits, and its order of strings
 * depends on the server's locale.
 */
final class Scripts {

  /** How a record's value is read: {@code old} is its beginning, {@code stored} its version. */
  private static final String READ_RECORD =
      """
      local old = redis.call('GETRANGE', KEYS[1], 0, 65545)
      local stored = ''
      if old ~= '' then
        if #old >= 9 and string.byte(old) == 181 then
          stored = string.sub(old, 2, 9)
        else
          stored = '\\0\\0\\0\\0\\0\\0\\0\\0'
        end
      end
      """;

  /**
   * Stores a record. Arguments: the value; the precondition (empty, {@code -} for absent, or the
   * version); the server's time in microseconds up to which the version is new enough; and if the
   * record expires {@code PX} or {@code PXAT} and milliseconds. Answers the ordinal of the status,
   * the server's time in seconds and microseconds, the version found (or empty) and the value
   * replaced.
   */
  static final Script COMMIT =
      new Script(
          READ_RECORD
              + """
              local time = redis.call('TIME')
              local record, required, expiry = ARGV[1], ARGV[2], ARGV[4]
              if required ~= '' then
                if required == '-' then
                  if old ~= '' then return {1, time[1], time[2], stored} end
                elseif required ~= stored then
                  return {1, time[1], time[2], stored}
                end
              end
              local now = time[1] * 1000000 + time[2]
              if expiry == 'PXAT' and ARGV[5] * 1000 <= now then
                return {2, time[1], time[2], stored}
              end
              if now > tonumber(ARGV[3]) then
                return {3, time[1], time[2], stored}
              end
              if old ~= '' then
                local high, low = struct.unpack('>I4I4', record, 2)
                local oldHigh, oldLow = struct.unpack('>I4I4', stored)
                if high < oldHigh or (high == oldHigh and low <= oldLow) then
                  return {4, time[1], time[2], stored}
                end
              end
              if expiry then
                redis.call('SET', KEYS[1], record, expiry, ARGV[5])
              else
                redis.call('SET', KEYS[1], record)
              end
              if old == '' or #old > 65545 then
                return {0, time[1], time[2], stored}
              end
              return {0, time[1], time[2], stored, old}
              """);

  /**
   * Removes a record. Argument: the version that it must have, or empty. Answers the version
   * removed and the value, or nothing.
   */
  static final Script REMOVE =
      new Script(
          READ_RECORD
              + """
              if old == '' or (ARGV[1] ~= '' and ARGV[1] ~= stored) then
                return false
              end
              redis.call('DEL', KEYS[1])
              if #old > 65545 then
                return {stored}
              end
              return {stored, old}
              """);

  /**
   * Changes the expiry of a record. Arguments: the version that it must have, or empty; the
   * command; its argument, if it has one. Answers 1, or 0 if there is no such record.
   */
  static final Script TOUCH =
      new Script(
          READ_RECORD.replace("65545", "8")
              + """
              if old == '' or (ARGV[1] ~= '' and ARGV[1] ~= stored) then
                return 0
              end
              if ARGV[3] then
                redis.call(ARGV[2], KEYS[1], ARGV[3])
              else
                redis.call(ARGV[2], KEYS[1])
              end
              return 1
              """);

  /** Stores a text if the key is absent. Answers the text that is stored then. */
  static final Script DEFINE =
      new Script(
          """
          if redis.call('SET', KEYS[1], ARGV[1], 'NX') then
            return ARGV[1]
          end
          return redis.call('GET', KEYS[1])
          """);

  /**
   * Reads a sorted set behind a member. Arguments: the member, its score, how many, and {@code REV}
   * for the reverse order. Answers nothing if the member is not there at this score.
   */
  static final Script READ_AFTER =
      new Script(
          """
          local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
          if not score or tonumber(score) ~= tonumber(ARGV[2]) then
            return false
          end
          if ARGV[4] then
            local first = redis.call('ZREVRANK', KEYS[1], ARGV[1]) + 1
            return redis.call(
              'ZRANGE', KEYS[1], first, first + ARGV[3] - 1, 'REV', 'WITHSCORES')
          end
          local first = redis.call('ZRANK', KEYS[1], ARGV[1]) + 1
          return redis.call('ZRANGE', KEYS[1], first, first + ARGV[3] - 1, 'WITHSCORES')
          """);

  private Scripts() {}
}
