-- What several scripts need. Times are 8 bytes, nanoseconds since 1970, big-endian, since a Lua number
-- is exact to 2^53 only; scores of sorted sets are the same times in microseconds, rounded, so whoever
-- finds something by its score looks at the time itself.
-- All keys of a script end with the 32 bytes that they are about.
local NEVER = '\127\255\255\255\255\255\255\255'
local DECIDED = '\0\0\0\0\0\0\0\0'
local WAITING, PURGED = 0, 4

local function due(time, now)
  local th, tl = struct.unpack('>I4I4', time)
  local nh, nl = struct.unpack('>I4I4', now)
  return th < nh or (th == nh and tl <= nl)
end

local function micros(time)
  local high, low = struct.unpack('>I4I4', time)
  return string.format('%.0f', (high * 4294967296 + low) / 1000)
end

local function digits(number) return string.format('%.0f', number) end

-- Notes when something of these 32 bytes expires: exactly in e, and the first such time in x.
local function expires(e, x, member, score)
  redis.call('ZADD', e, score, member)
  redis.call('ZADD', x, 'LT', score, 'n' .. string.sub(e, -32))
end

-- What is known of a message: state 1, sequence 8, expires 8, bytes 4, deadline 8.
local function sent(state, sequence, expiresAt, bytes, deadline)
  return struct.pack('>B', state) .. sequence .. expiresAt .. struct.pack('>I4', bytes) .. deadline
end
local function state(row) return string.byte(row, 1) end
local function sequenceOf(row) return string.sub(row, 2, 9) end
local function expiresOf(row) return string.sub(row, 10, 17) end
local function bytesOf(row) return (struct.unpack('>I4', string.sub(row, 18, 21))) end
local function deadlineOf(row) return string.sub(row, 22, 29) end

local function number(eight)
  local high, low = struct.unpack('>I4I4', eight)
  return high * 4294967296 + low
end
local function eight(whole)
  local high = math.floor(whole / 4294967296)
  return struct.pack('>I4I4', high, whole - high * 4294967296)
end

-- Takes a waiting message out, of which nothing stays.
local function drop(a, m, s, e, id, row)
  local place = digits(number(sequenceOf(row)))
  redis.call('ZREMRANGEBYSCORE', m, place, place)
  redis.call('HDEL', s, id)
  redis.call('ZREM', e, 'm' .. id)
  redis.call('HINCRBY', a, 'b', -bytesOf(row))
end

-- Forgets the oldest rows of a hash that remembers too many, until three quarters are left.
local function forget(hash, e, kind, max, waiting, age)
  if redis.call('HLEN', hash) - waiting <= max then return end
  local rows = redis.call('HGETALL', hash)
  local old = {}
  for i = 1, #rows, 2 do
    local at = age(rows[i + 1])
    if at then old[#old + 1] = { at, rows[i] } end
  end
  table.sort(old, function(one, other) return one[1] < other[1] end)
  for i = 1, #old - math.floor(max * 3 / 4) do
    redis.call('HDEL', hash, old[i][2])
    redis.call('ZREM', e, kind .. old[i][2])
  end
end

-- Notes that a message fell back, or will at the deadline with nothing to deliver meanwhile.
local function fallsBack(f, e, x, id, untilTime, deadline, max)
  local before = redis.call('HGET', f, id)
  if before and string.sub(before, 9, 16) == DECIDED then return end
  redis.call('HSET', f, id, untilTime .. deadline)
  expires(e, x, 'f' .. id, micros(untilTime))
  forget(f, e, 'f', max, 0, function(row) return number(string.sub(row, 1, 8)) end)
end
