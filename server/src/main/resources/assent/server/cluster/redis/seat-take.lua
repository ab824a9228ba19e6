-- Gives a seat to a session, if the number is still activated for its device: otherwise an old device would
-- take the seat from the new one's session.
-- KEYS: the seat, the number's activation. ARGV: gateway, device, how long the seat is kept (ms).
-- Replies nothing if the activation is gone, else the new epoch, then gateway, device and epoch of the seat
-- before, empty where there was none.
if string.sub(redis.call('HGET', KEYS[2], 'i') or '', 1, 16) ~= ARGV[2] then
  return {}
end
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
