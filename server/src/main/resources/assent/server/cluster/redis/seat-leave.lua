-- Leaves a seat, unless it was taken since. KEYS: the seat. ARGV: gateway, epoch.
local seat = redis.call('HMGET', KEYS[1], 'g', 'e')
if seat[1] == ARGV[1] and seat[2] == ARGV[2] then
  redis.call('DEL', KEYS[1])
end
return 1
