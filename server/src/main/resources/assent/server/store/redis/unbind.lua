-- Erases a number's activation, counters and PIN, or leaves the PIN for a while.
-- KEYS a m s e b x; ARGV 1 owner expected (nothing: none), 2 PIN expected, 3 PIN that stays, or nothing,
-- 4 when it expires
local a, m, s, e, b, x = unpack(KEYS)
local there = redis.call('HMGET', a, 'i', 'p')
if (there[1] or '') ~= ARGV[1] or (there[2] or '') ~= ARGV[2] then return -1 end
local messages = redis.call('ZCARD', m)
for _, id in ipairs(redis.call('HKEYS', s)) do redis.call('ZREM', e, 'm' .. id) end
redis.call('DEL', m, s, b)
redis.call('HDEL', a, 'i', 'r', 'c', 'q', 'b', '1', '2')
redis.call('ZREM', e, '1', '2')
if ARGV[3] == '' then
  redis.call('HDEL', a, 'p', '3')
  redis.call('ZREM', e, 'p', '3')
elseif ARGV[3] ~= ARGV[2] then
  redis.call('HSET', a, 'p', ARGV[3])
  expires(e, x, 'p', micros(ARGV[4]))
end
return messages
