-- Lets an activation rest on another consent. KEYS a; ARGV 1 owner expected, 2 owner, 3 row, 4 consent
if redis.call('HGET', KEYS[1], 'i') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'i', ARGV[2], 'r', ARGV[3], 'c', ARGV[4])
return 1
