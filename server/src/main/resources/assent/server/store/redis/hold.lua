-- Holds an invitation.
-- KEYS a e x; ARGV 1 holder, 2 now, 3 until
local a, e, x = unpack(KEYS)
local old = redis.call('HGET', a, 'h')
if old and not due(string.sub(old, 17, 24), ARGV[2]) and string.sub(old, 1, 16) ~= ARGV[1] then return 0 end
redis.call('HSET', a, 'h', ARGV[1] .. ARGV[3])
expires(e, x, 'h', micros(ARGV[3]))
return 1
