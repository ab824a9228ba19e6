-- Looks after a seat. KEYS: the seat, the number's activation.
-- ARGV: gateway, device, how long the seat is kept (ms), epoch of the session, 0 if it has none yet.
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
  -- The session's own epoch again: so the next one's is above it, whatever the clock of a new primary says.
  local digits = ARGV[4]
  if digits == '0' then
    local time = redis.call('TIME')
    digits = string.format('%.0f', time[1] * 1000000 + time[2])
  end
  redis.call('HSET', KEYS[1], 'g', ARGV[1], 'd', ARGV[2], 'e', digits)
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 'HERE'
