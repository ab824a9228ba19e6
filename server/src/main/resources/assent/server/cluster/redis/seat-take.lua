-- Gives a seat to a session. KEYS: the seat. ARGV: gateway, device, how long it is kept (ms).
-- Replies the new epoch, then gateway, device and epoch of the seat before, empty where there was none.
local before = redis.call('HMGET', KEYS[1], 'g', 'd', 'e')
local time = redis.call('TIME')
local epoch = time[1] * 1000000 + time[2]
if before[3] and tonumber(before[3]) >= epoch then
  epoch = tonumber(before[3]) + 1
end
local digits = string.format('%.0f', epoch)
redis.call('HSET', KEYS[1], 'g', ARGV[1], 'd', ARGV[2], 'e', digits)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {digits, before[1] or '', before[2] or '', before[3] or ''}
