local function versionOf(old)
  if old == '' then
    return ''
  end
  if #old >= 9 and string.byte(old) == 181 then
    return string.sub(old, 2, 9)
  end
  return '\0\0\0\0\0\0\0\0'
end
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
local function expiryOf(key, expiry, millis)
  if expiry ~= 'EXTEND' then
    return expiry
  end
  if redis.call('PTTL', key) < tonumber(millis) then
    return 'PX'
  end
  return 'KEEPTTL'
end
local function put(key, value, expiry, millis)
  if expiry == 'KEEPTTL' then
    redis.call('SET', key, value, expiry)
  elseif expiry and expiry ~= '' then
    redis.call('SET', key, value, expiry, millis)
  else
    redis.call('SET', key, value)
  end
end
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
