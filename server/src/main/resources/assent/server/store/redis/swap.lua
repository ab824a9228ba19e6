-- Puts another value in the place of one, or deletes it, if it is still there.
-- KEYS key x; ARGV 1 expected, or nothing for any that is there, 2 new, or nothing to delete, 3 member of
-- the expiry index that has to go, or nothing
local there = redis.call('GET', KEYS[1])
if not there or (ARGV[1] ~= '' and there ~= ARGV[1]) then return 0 end
if ARGV[2] ~= '' then redis.call('SET', KEYS[1], ARGV[2]) else redis.call('DEL', KEYS[1]) end
if ARGV[3] ~= '' then redis.call('ZREM', KEYS[2], ARGV[3]) end
return 1
