-- A gateway says how it is. KEYS: the members. ARGV: gateway, how it is, how long that is kept (ms).
local now = redis.call('TIME')
redis.call('HSET', KEYS[1], ARGV[1], now[1] .. ' ' .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
