-- Puts a message that waited in another store, again if it must be.
-- KEYS a m s e x; ARGV 1 sending device and message id, 2 row, 3 sequence, 4 the same as digits, 5 expires, 6 deadline,
-- 7 score of the first of the two
local a, m, s, e, x = unpack(KEYS)
local id, row, place = ARGV[1], ARGV[2], ARGV[4]
local known = redis.call('HGET', s, id)
if known and state(known) == WAITING then drop(a, m, s, e, id, known) end
redis.call('ZADD', m, place, row)
redis.call('HSET', s, id, sent(WAITING, ARGV[3], ARGV[5], #row, ARGV[6]))
redis.call('HINCRBY', a, 'b', #row)
if tonumber(place) > tonumber(redis.call('HGET', a, 'q') or '0') then redis.call('HSET', a, 'q', place) end
expires(e, x, 'm' .. id, ARGV[7])
return 1
