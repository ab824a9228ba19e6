-- Looks after a seat. KEYS: the seat, the number's activation. ARGV: gateway, device, how long the seat is kept (ms).
-- Replies HERE if the gateway has the seat, now or from before, ELSEWHERE if another has it, GONE if the number is
-- not activated for the device any more.
if string.sub(redis.call('HGET', KEYS[2], 'i') or '', 1, 16) ~= ARGV[2] then
  return 'GONE'
end
local gateway = redis.call('HGET', KEYS[1], 'g')
if gateway and gateway ~= ARGV[1] then
  return 'ELSEWHERE'
end
if not gateway then
  local time = redis.call('TIME')
  local digits = string.format('%.0f', time[1] * 1000000 + time[2])
  redis.call('HSET', KEYS[1], 'g', ARGV[1], 'd', ARGV[2], 'e', digits)
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 'HERE'
