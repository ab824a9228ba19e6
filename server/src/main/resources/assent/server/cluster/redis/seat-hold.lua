-- Looks after a seat. KEYS: the seat. ARGV: gateway, device, how long it is kept (ms).
-- Replies 1 if the gateway has the seat, now or from before, 0 if another has it.
local gateway = redis.call('HGET', KEYS[1], 'g')
if gateway and gateway ~= ARGV[1] then
  return 0
end
if not gateway then
  local time = redis.call('TIME')
  local digits = string.format('%.0f', time[1] * 1000000 + time[2])
  redis.call('HSET', KEYS[1], 'g', ARGV[1], 'd', ARGV[2], 'e', digits)
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
