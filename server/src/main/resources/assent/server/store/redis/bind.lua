-- Binds a number to a device; what another one had is purged.
-- KEYS a m s e b x; ARGV 1 owner expected, 2 PIN expected, 3 owner, 4 row, 5 consent, 6 PIN (nothing: none)
local a, m, s, e, b, x = unpack(KEYS)
local there = redis.call('HMGET', a, 'i', 'p')
if (there[1] or '') ~= ARGV[1] or (there[2] or '') ~= ARGV[2] then return 0 end
if ARGV[1] ~= '' then
  local rows = redis.call('HGETALL', s)
  for i = 1, #rows, 2 do
    local known = rows[i + 1]
    redis.call('HSET', s, rows[i], sent(PURGED, sequenceOf(known), expiresOf(known), 0, NEVER))
    redis.call('ZADD', e, micros(expiresOf(known)), 'm' .. rows[i])
  end
  redis.call('DEL', m, b)
end
redis.call('HDEL', a, '1')
redis.call('ZREM', e, '1')
if ARGV[2] ~= '' then
  redis.call('HDEL', a, '3', 'p')
  redis.call('ZREM', e, '3', 'p')
end
if ARGV[6] ~= '' then redis.call('HSET', a, 'p', ARGV[6]) end
redis.call('HSET', a, 'i', ARGV[3], 'r', ARGV[4], 'c', ARGV[5], 'b', 0)
return 1
